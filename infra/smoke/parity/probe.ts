/** The calls of a recording: the guide's steps, and calls whose outcome the emulator can only guess. No agent is involved. */
import type { Twilio } from 'twilio';

const PROBE_IDENTITY = 'parity-visitor';
const HEARD = [
  'onMessageAdded',
  'onConversationUpdated',
  'onConversationStateUpdated',
  'onParticipantAdded',
  'onParticipantRemoved',
];
const HEARD_CALL = { xTwilioWebhookEnabled: 'true' } as const;
const unknown = (kind: string): string => `${kind}${'f'.repeat(32)}`;

interface Probe {
  serviceSid: string;
  /** Of this run. */
  uniqueName: string;
  /** Where Twilio's webhooks arrive, if they can. */
  webhooksUrl: string | undefined;
}

/** One after the other: the order of the webhooks is compared. */
export async function probe(client: Twilio, { serviceSid, uniqueName, webhooksUrl }: Probe): Promise<void> {
  const { conversations, participantConversations } = client.conversations.v1.services(serviceSid);
  const { sid } = await conversations.create({ uniqueName, friendlyName: 'Parity' });
  const conversation = conversations(sid);
  try {
    await asked(conversations.create({ uniqueName }));
    if (webhooksUrl !== undefined) {
      await conversation.webhooks.create({
        target: 'webhook',
        'configuration.url': webhooksUrl,
        'configuration.method': 'post',
        'configuration.filters': HEARD,
      });
    }
    await asked(conversation.webhooks(unknown('WH')).fetch());
    await conversation.participants.create({ identity: PROBE_IDENTITY, ...HEARD_CALL });
    await asked(conversation.participants.create({ identity: PROBE_IDENTITY }));
    await asked(conversation.participants(unknown('MB')).fetch());
    await conversation.messages.create({ author: PROBE_IDENTITY, body: 'hello', ...HEARD_CALL });
    await asked(conversation.messages.create({ author: PROBE_IDENTITY }));
    await asked(conversation.messages.create({ author: PROBE_IDENTITY, body: 'hello', attributes: '[1]' }));
    await asked(conversation.messages(unknown('IM')).fetch());
    await conversation.update({ state: 'inactive', ...HEARD_CALL });
    await conversation.update({ state: 'active', ...HEARD_CALL });
    await conversation.update({ state: 'closed', ...HEARD_CALL });
    await asked(conversation.messages.create({ author: PROBE_IDENTITY, body: 'too late' }));
    await asked(participantConversations.list({ identity: PROBE_IDENTITY, limit: 1 }));
  } finally {
    await conversation.remove();
  }
  await asked(conversation.fetch());
}

/** The question is which calls Twilio rejects. */
async function asked(call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if ((error as { status?: unknown }).status === undefined) throw error;
  });
}
