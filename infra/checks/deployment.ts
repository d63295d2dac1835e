/** Checks the deployment: it is this build, with these settings, and receives Twilio's events. */
import { findDeployments, type Deployment } from '../account/deployment';
import { deployedUrl } from '../account/twilio';
import { listVariables, unsetCommand } from '../account/variables';
import { DEPLOYED_SETTINGS, FORBIDDEN_IN_CLOUD, foreignNames } from '../deployed-settings';
import { FINGERPRINT_FILE } from '../project';
import { checkEvents } from './events';
import { ok, problem, warning, type AccountSubject, type Finding } from './finding';

/** For the named Environment, or for each. */
export async function checkDeployment(subject: AccountSubject): Promise<Finding[]> {
  const { client, project, environment, suffix } = subject;
  const work = { client, project, environment, isDryRun: true, print: () => undefined };
  const deployments = await findDeployments(work);
  const examined = deployments.filter((one) => suffix === undefined || one.suffix === suffix);
  if (examined.length === 0) {
    const where = suffix === undefined ? '' : ` to ${suffix || 'production'}`;
    return [warning('deployment', `Nothing is deployed${where}.`, 'npm run deploy')];
  }
  const ofEach = examined.map(async (deployment) => [
    await checkBuild(subject, deployment),
    await checkVariables(subject, deployment),
  ]);
  return [
    ...(await Promise.all(ofEach)).flat(),
    ...(await checkEvents(work, subject, deployments, examined)),
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
    return problem('deployment', `The build deployed at ${domainName} is unknown.`, again);
  if (here === undefined)
    return warning('deployment', `No local build to compare with ${domainName}.`, 'npm run build');
  if (fingerprint !== here)
    return warning('deployment', `${domainName} serves another build than the local one.`, again);
  return ok('deployment', `https://${domainName} serves this build.`);
}

/** Empty if the request fails or returns something else. */
async function fetchBuild(url: string): Promise<{ fingerprint?: string }> {
  try {
    const answer = await fetch(url);
    return answer.ok ? ((await answer.json()) as { fingerprint?: string }) : {};
  } catch {
    return {};
  }
}

/** Compares names and values of the settings with `.env`, and prints no value. */
async function checkVariables({ client, env }: AccountSubject, deployment: Deployment): Promise<Finding> {
  const { domainName } = deployment;
  const listed = await listVariables({ client }, deployment);
  const deployed = new Map(listed.map(({ key, value }) => [key, value]));
  const forbidden = FORBIDDEN_IN_CLOUD.filter((name) => deployed.has(name));
  if (forbidden.length > 0) {
    return problem(
      'variables',
      `${forbidden.join(', ')} is set at ${domainName}: its Functions call an address that only exists locally.`,
      'npm run deploy removes it.',
    );
  }
  const different = DEPLOYED_SETTINGS.filter((name) => deployed.get(name) !== env[name]);
  if (different.length > 0) {
    return warning(
      'variables',
      `${different.join(', ')} differs between .env and ${domainName}.`,
      'npm run deploy sets and removes the differing Variables.',
    );
  }
  const foreign = foreignNames([...deployed.keys()]);
  if (foreign.length > 0) {
    return warning(
      'variables',
      `${foreign.join(', ')} is set at ${domainName}, and no Function reads it.`,
      `If nothing else needs it: ${foreign.map((name) => unsetCommand(deployment, name)).join('; ')}`,
    );
  }
  return ok('variables', `${domainName} has the settings of .env.`);
}
