/** The deployment of the Functions: the Serverless Service, its Environments, and the Functions in them. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceInstance } from 'twilio/lib/rest/serverless/v1/service';
import { readJson } from '../text-file';
import { Remedy } from '../terminal';
import { change, report, type Work } from './steps';
import { explain, orMissing } from './twilio';

export interface Deployment {
  serviceSid: string;
  environmentSid: string;
  /** The domain suffix: dev, stage; '' for production. */
  suffix: string;
  /** The common name of the Environment: dev, stage, production. */
  name: string;
  domainName: string;
  buildSid: string;
  /** The paths of the deployed Functions. */
  functionPaths: string[];
}

const PRODUCTION = 'production';

/** The options that choose an Environment. */
export function targetOption({ suffix }: Pick<Deployment, 'suffix'>): string {
  return suffix === '' ? '--production' : `--environment ${suffix}`;
}

export async function findDeployments(work: Work): Promise<Deployment[]> {
  try {
    return await listDeployments(work);
  } catch (error) {
    throw explain(error, 'looking for the deployment');
  }
}

async function listDeployments(work: Work): Promise<Deployment[]> {
  const serviceSid = (await findService(work))?.sid;
  if (!serviceSid) return [];
  const service = work.client.serverless.v1.services(serviceSid);
  const deployed = (await service.environments.list()).filter(({ buildSid }) => buildSid);
  return Promise.all(
    deployed.map(async ({ sid, domainSuffix, domainName, buildSid }) => {
      const { functionVersions } = await service.builds(buildSid).fetch();
      return {
        serviceSid,
        environmentSid: sid,
        suffix: domainSuffix ?? '',
        name: domainSuffix || PRODUCTION,
        domainName,
        buildSid,
        functionPaths: (functionVersions as Array<{ path: string }>).map(({ path }) => path),
      };
    }),
  );
}

/** The Environment with this suffix. Without a suffix: production, else the only one. */
export function chooseDeployment(deployed: Deployment[], suffix: string | undefined): Deployment | undefined {
  const wanted = deployed.find((one) => one.suffix === (suffix ?? ''));
  if (wanted || suffix !== undefined) return wanted;
  if (deployed.length <= 1) return deployed[0];
  throw new Remedy(
    `There are several Environments: ${deployed.map(({ name }) => name).join(', ')}.`,
    'Choose one with --environment NAME.',
  );
}

/** The Service in the toolkit's notes, or the one with the name that the toolkit would choose. */
export async function findService({ client, project }: Work): Promise<ServiceInstance | undefined> {
  for (const name of [notedServiceSid(project.folder, client.accountSid), project.serviceName]) {
    const service = name && (await client.serverless.v1.services(name).fetch().catch(orMissing));
    if (service) return service;
  }
  return undefined;
}

/** For teardown: removing the Service also removes its Environments, Builds, Functions and Variables. */
export async function removeService(work: Work, service: ServiceInstance | undefined): Promise<void> {
  if (!service) return report(work, 'ok', 'no Serverless Service');
  const thing = `Serverless Service ${service.uniqueName} (${service.sid}) with everything in it`;
  await change(work, { verb: 'removed', doing: 'removing', thing }, async () => {
    await service.remove();
    rmSync(join(work.project.folder, DEPLOY_INFO), { force: true });
  });
}

/** For teardown: removing an Environment also removes its domain and Variables. Its Builds stay in the Service. */
export async function removeEnvironment(work: Work, deployment: Deployment): Promise<void> {
  const { serviceSid, environmentSid, name, domainName } = deployment;
  const thing = `Environment ${name} (https://${domainName})`;
  await change(work, { verb: 'removed', doing: 'removing', thing }, () =>
    work.client.serverless.v1.services(serviceSid).environments(environmentSid).remove(),
  );
}

/** Source: sdk twilio-run serverless-runtime/utils (a JSON object by Account SID) */
const DEPLOY_INFO = '.twiliodeployinfo';

/** The toolkit adds the region to the Account SID; versions before 3 did not. */
function notedServiceSid(folder: string, accountSid: string): string | undefined {
  const file = join(folder, DEPLOY_INFO);
  if (!existsSync(file)) return undefined;
  const remedy =
    'Delete it: the Service is also found by its name, and npm run deploy writes the file again.';
  const info = readJson(file, remedy);
  for (const key of [`${accountSid}:us1`, accountSid]) {
    const { serviceSid } = (info[key] ?? {}) as { serviceSid?: unknown };
    if (typeof serviceSid === 'string' && /^ZS[0-9a-f]{32}$/.test(serviceSid)) return serviceSid;
  }
  return undefined;
}
