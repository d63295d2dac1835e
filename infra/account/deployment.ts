/** Where the Functions are deployed: the Serverless Service, its Environments, and what runs there. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Remedy } from '../terminal';
import { change, tell, type Work } from './steps';
import { explain, orMissing } from './twilio';

export interface Deployment {
  serviceSid: string;
  environmentSid: string;
  /** Of its domain: dev, stage; '' for production. */
  suffix: string;
  domainName: string;
  buildSid: string;
  /** The paths of the deployed Functions. */
  functionPaths: string[];
}

/** `suffix` is the Environment's domain suffix: dev, stage; '' for production. Without it, the only one that is deployed. */
export async function findDeployment(work: Work, suffix?: string): Promise<Deployment | undefined> {
  return choose(await findDeployments(work), suffix);
}

export async function findDeployments(work: Work): Promise<Deployment[]> {
  try {
    return await listDeployments(work);
  } catch (error) {
    throw explain(error, 'looking for the deployment');
  }
}

async function listDeployments(work: Work): Promise<Deployment[]> {
  const serviceSid = await findServiceSid(work);
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
        domainName,
        buildSid,
        functionPaths: (functionVersions as Array<{ path: string }>).map(({ path }) => path),
      };
    }),
  );
}

function choose(deployed: Deployment[], suffix: string | undefined): Deployment | undefined {
  if (suffix !== undefined) return deployed.find((one) => one.suffix === suffix);
  if (deployed.length <= 1) return deployed[0];
  const names = deployed.map((one) => one.suffix || 'production').join(', ');
  throw new Remedy(
    `There are several Environments: ${names}.`,
    'Choose one with --environment NAME (or --production).',
  );
}

/** The one that the toolkit noted, or the one that it would name after the package. */
export async function findServiceSid({ client, project }: Work): Promise<string | undefined> {
  for (const name of [notedServiceSid(project.folder, client.accountSid), project.serviceName]) {
    const service = name && (await client.serverless.v1.services(name).fetch().catch(orMissing));
    if (service) return service.sid;
  }
  return undefined;
}

/** For teardown: the Service goes with its Environments, Builds, Functions and Variables. */
export async function removeService(work: Work): Promise<void> {
  const serviceSid = await findServiceSid(work).catch((error: unknown) => {
    throw explain(error, 'looking for the Serverless Service');
  });
  if (!serviceSid) return tell(work, 'ok', 'no Serverless Service');
  await change(
    work,
    { verb: 'removed', doing: 'removing', thing: `Serverless Service ${serviceSid} with all it serves` },
    async () => {
      await work.client.serverless.v1.services(serviceSid).remove();
      rmSync(join(work.project.folder, DEPLOY_INFO), { force: true });
    },
  );
}

/** Source: sdk twilio-run serverless-runtime/utils (a JSON object by Account SID) */
const DEPLOY_INFO = '.twiliodeployinfo';

function notedServiceSid(folder: string, accountSid: string): string | undefined {
  const file = join(folder, DEPLOY_INFO);
  if (!existsSync(file)) return undefined;
  const info = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { serviceSid?: string } | undefined>;
  return info[accountSid]?.serviceSid;
}
