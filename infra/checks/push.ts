/** Compares PUSH_CREDENTIAL_SIDS with the account: its Credentials, and whether the Service pushes anything. */
import { SETTINGS } from '../../src/assets/settings/settings.private';
import { orMissing } from '../account/twilio';
import { ok, problem, warning, type AccountSubject, type Finding } from './finding';

export async function checkPush({ client, env, flex }: AccountSubject): Promise<Finding[]> {
  const given = env['PUSH_CREDENTIAL_SIDS'];
  if (!given) return [];
  let sids: ReadonlyMap<string, string> | undefined;
  try {
    sids = SETTINGS.PUSH_CREDENTIAL_SIDS.parse(given);
  } catch {
    return []; // Reported with the settings.
  }
  const findings: Finding[] = [];
  for (const [platform, sid] of sids ?? []) {
    const credential = await client.conversations.v1.credentials(sid).fetch().catch(orMissing);
    if (!credential) {
      const remedy =
        'Twilio Console, Account management, Credentials, Push credentials: create one and enter its SID.';
      findings.push(
        problem('push', `The push Credential ${sid} (${platform}) is not in this account.`, remedy),
      );
    } else
      findings.push(ok('push', `${platform}: ${credential.friendlyName ?? sid}, for ${credential.type}.`));
  }
  const service = client.conversations.v1.services(flex.conversationsServiceSid);
  const { newMessage } = await service.configuration.notifications().fetch();
  if (!(newMessage as { enabled: boolean }).enabled) {
    const remedy =
      'twilio api:conversations:v1:services:configuration:notifications:update --new-message.enabled' +
      ` --chat-service-sid ${flex.conversationsServiceSid} (docs/mobile.md).`;
    findings.push(warning('push', 'The Service pushes no new messages.', remedy));
  }
  return findings;
}
