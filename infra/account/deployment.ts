/** Where the Functions are deployed: the Serverless Service, its Environments, and what runs there. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { EnvironmentInstance } from 'twilio/lib/rest/serverless/v1/service/environment';
import { Remedy } from '../terminal';
import { change, tell, type Work } from './steps';
import { explain, orMissing } from './twilio';

export interface Deployment {
  serviceSid: string;
  environmentSid: string;
  domainName: string;
  buildSid: string;
  /** The paths of the deployed Functions. */
  functionPaths: string[];
}

/** `suffix` is the Environment's domain suffix: dev, stage; '' for production. Without it, the only one that is deployed. */
export async function findDeployment(work: Work, suffix?: string): Promise<Deployment | undefined> {
  try {
    return await lookUp(work, suffix);
  } catch (error) {
    throw explain(error, 'looking for the deployment');
  }
}

async function lookUp(work: Work, suffix: string | undefined): Promise<Deployment | undefined> {
  const serviceSid = await findServiceSid(work);
  if (!serviceSid) return undefined;
  const service = work.client.serverless.v1.services(serviceSid);
  const deployed = (await service.environments.list()).filter(({ buildSid }) => buildSid);
  const environment = choose(deployed, suffix);
  if (!environment) return undefined;
  const build = await service.builds(environment.buildSid).fetch();
  return {
    serviceSid,
    environmentSid: environment.sid,
    domainName: environment.domainName,
    buildSid: environment.buildSid,
    functionPaths: (build.functionVersions as Array<{ path: string }>).map(({ path }) => path),
  };
}

function choose(
  deployed: EnvironmentInstance[],
  suffix: string | undefined,
): EnvironmentInstance | undefined {
  if (suffix !== undefined) return deployed.find(({ domainSuffix }) => (domainSuffix ?? '') === suffix);
  if (deployed.length <= 1) return deployed[0];
  const names = deployed.map(({ domainSuffix }) => domainSuffix ?? 'production').join(', ');
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
