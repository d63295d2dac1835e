/** What is deployed: that it is this build, with these settings, and that Twilio's events reach it. */
import { findDeployment, type Deployment } from '../account/deployment';
import { eventUrls } from '../account/event-urls';
import { deployedUrl } from '../account/twilio';
import { DEPLOYED_SETTINGS, FORBIDDEN_IN_CLOUD, foreignNames } from '../deployed-settings';
import { FINGERPRINT_FILE } from '../project';
import { ok, problem, warning, type AccountSubject, type Finding } from './finding';

export async function checkDeployment(subject: AccountSubject): Promise<Finding[]> {
  const { client, project, environment, flex, suffix } = subject;
  const work = { client, project, environment, isDryRun: true, print: () => undefined };
  const deployment = await findDeployment(work, suffix);
  if (!deployment) return [warning('deployment', 'Nothing is deployed.', 'npm run deploy')];
  return [
    await checkBuild(subject, deployment),
    await checkVariables(subject, deployment),
    ...(await checkEvents(eventUrls(work, flex), deployment)),
  ];
}

async function checkBuild(
  { project, environment }: AccountSubject,
  { domainName }: Deployment,
): Promise<Finding> {
  const here = project.fingerprint();
  const again = 'npm run deploy';
  const url = deployedUrl(domainName, `/${FINGERPRINT_FILE.replace('assets/', '')}`, environment);
  const { fingerprint } = await fetchBuild(url);
  if (fingerprint === undefined)
    return problem('deployment', `What is deployed at ${domainName} does not say which build it is.`, again);
  if (here === undefined)
    return warning('deployment', `Nothing is built here to compare with ${domainName}.`, 'npm run build');
  if (fingerprint !== here)
    return warning('deployment', `What is deployed at ${domainName} is another build than this one.`, again);
  return ok('deployment', `https://${domainName} serves this build.`);
}

/** Nothing of it where nobody answers, or something else. */
async function fetchBuild(url: string): Promise<{ fingerprint?: string }> {
  try {
    const answer = await fetch(url);
    return answer.ok ? ((await answer.json()) as { fingerprint?: string }) : {};
  } catch {
    return {};
  }
}

/** Only which names are set, and whether their values are those of `.env`: none is shown. */
async function checkVariables({ client, env }: AccountSubject, deployment: Deployment): Promise<Finding> {
  const { serviceSid, environmentSid, domainName } = deployment;
  const listed = await client.serverless.v1
    .services(serviceSid)
    .environments(environmentSid)
    .variables.list();
  const deployed = new Map(listed.map(({ key, value }) => [key, value]));
  const forbidden = FORBIDDEN_IN_CLOUD.filter((name) => deployed.has(name));
  if (forbidden.length > 0) {
    return problem(
      'variables',
      `${forbidden.join(', ')} is set at ${domainName}: its Functions call a machine that is not there.`,
      'Remove it: Twilio Console, Functions, your Service, Environment Variables.',
    );
  }
  const different = DEPLOYED_SETTINGS.filter((name) => deployed.get(name) !== env[name]);
  if (different.length > 0) {
    return warning(
      'variables',
      `${different.join(', ')} differs between .env and ${domainName}.`,
      'npm run deploy (what .env no longer sets must be removed in the Console).',
    );
  }
  const foreign = foreignNames([...deployed.keys()]);
  if (foreign.length > 0) {
    return warning(
      'variables',
      `${foreign.join(', ')} is set at ${domainName}, and no Function reads it.`,
      'Remove it, if it is a secret of something else: Twilio Console, Functions, your Service, Environment Variables.',
    );
  }
  return ok('variables', `${domainName} has the settings of .env.`);
}

async function checkEvents(
  urls: ReturnType<typeof eventUrls>,
  { functionPaths, domainName }: Deployment,
): Promise<Finding[]> {
  const expected = urls.filter(({ functionPath }) => functionPaths.includes(functionPath));
  return Promise.all(
    expected.map(async ({ what, functionPath, read }) => {
      const wanted = `https://${domainName}${functionPath}`;
      const { url, missing } = await read();
      if (url === wanted && missing.length > 0) {
        return problem(
          'event-urls',
          `${what} go to ${wanted}, but not ${missing.join(', ')}.`,
          'npm run provision registers them.',
        );
      }
      if (url === wanted) return ok('event-urls', `${what} go to ${wanted}.`);
      if (!url) return problem('event-urls', `${what} go nowhere.`, 'npm run provision registers them.');
      return warning(
        'event-urls',
        `${what} go to ${url}.`,
        `Let that forward them, signed, to ${wanted}, or clear it and run npm run provision.`,
      );
    }),
  );
}
