/** The Variables of a deployed Environment: the settings of its Functions in the cloud. */
import type { VariableInstance } from 'twilio/lib/rest/serverless/v1/service/environment/variable';
import { DEPLOYED_SETTINGS, FORBIDDEN_IN_CLOUD } from '../deployed-settings';
import type { Deployment } from './deployment';
import { change, type Work } from './steps';
import { explain } from './twilio';

function environmentOf({ client }: Pick<Work, 'client'>, { serviceSid, environmentSid }: Deployment) {
  return client.serverless.v1.services(serviceSid).environments(environmentSid);
}

export function listVariables(
  work: Pick<Work, 'client'>,
  deployment: Deployment,
): Promise<VariableInstance[]> {
  return environmentOf(work, deployment).variables.list();
}

/**
 * The toolkit sets Variables and removes none. This removes settings that a deploy no longer sends, and those that stop
 * every Function. Other Variables are kept.
 */
export async function removeStaleVariables(
  work: Work,
  deployment: Deployment,
  sent: readonly string[],
): Promise<void> {
  const variables = await listVariables(work, deployment).catch((error: unknown) => {
    throw explain(error, 'listing the Variables');
  });
  const stale = variables.filter(({ key }) => isOurs(key) && !sent.includes(key));
  for (const { sid, key } of stale) {
    const thing = `Variable ${key} of ${deployment.domainName}: this deploy does not set it`;
    await change(work, { verb: 'removed', doing: 'removing', thing }, () =>
      environmentOf(work, deployment).variables(sid).remove(),
    );
  }
  if (stale.length === 0) return;
  // Whether an active Build sees the change is not documented; activating it again makes sure.
  const { buildSid } = deployment;
  await environmentOf(work, deployment)
    .deployments.create({ buildSid })
    .catch((error: unknown) => {
      throw explain(error, `activating the Build ${buildSid} again`);
    });
}

function isOurs(key: string): boolean {
  return DEPLOYED_SETTINGS.includes(key) || FORBIDDEN_IN_CLOUD.includes(key);
}

/** For Variables that no Function reads. */
export function unsetCommand({ serviceSid, suffix }: Deployment, key: string): string {
  const target = suffix === '' ? '--production' : `--environment ${suffix}`;
  return `npx twilio-run env unset --key ${key} --service-sid ${serviceSid} ${target}`;
}
