/**
 * `npm run teardown`: removes what provisioning and deploying created, or one Environment. It first lists those
 * resources and their use; it removes nothing until the Service's name is typed or given with --confirm.
 */
import { parseArgs } from 'node:util';
import type { Twilio } from 'twilio';
import { removeApiKeys } from './account/api-key';
import { readCredentials } from './account/credentials';
import {
  findDeployments,
  findService,
  removeEnvironment,
  removeService,
  targetOption,
  type Deployment,
} from './account/deployment';
import { removeEventUrls } from './account/event-registration';
import { findFlex, type Flex } from './account/flex';
import { listOpenChats } from './account/open-chats';
import type { Work } from './account/steps';
import { removeStudioFlow } from './account/studio-flow';
import { connect, explain } from './account/twilio';
import { Project } from './project';
import { suffixOf, TARGET_OPTIONS } from './target';
import { Remedy, runCommand, type CommandOptions, type Print } from './terminal';

const USAGE = {
  command: 'npm run teardown',
  does: "Lists what provisioning and deploying created, and removes it after you enter the Service's name.",
  options: {
    confirm: {
      type: 'string',
      value: 'NAME',
      help: "the Service's name; without it, the command prompts for it",
    },
    ...TARGET_OPTIONS,
  },
} as const;

export async function teardown(options: CommandOptions): Promise<void> {
  const { folder, environment, args = [], print, ask } = options;
  const { values } = parseArgs({
    args,
    options: USAGE.options,
  });
  const project = new Project(folder);
  const { accountSid, authToken } = await readCredentials(project, environment);
  const client = connect(accountSid, authToken, accountSid, environment);
  const work: Work = { client, project, environment, isDryRun: false, print };

  print(`Account ${accountSid} (nothing is removed yet)`);
  const flex = await findFlex(client);
  const service = await findService(work).catch((error: unknown) => {
    throw explain(error, 'looking for the Serverless Service');
  });
  const deployments = await findDeployments(work);
  const target = chooseTarget(deployments, suffixOf(values));
  await showUse(print, { client, flex }, target ? [target] : deployments);

  const removeAll = async (step: Work): Promise<void> => {
    // From the outside in: first the callers of the Functions, then the Functions, then the resources they use.
    for (const deployment of target ? [target] : deployments) await removeEventUrls(step, flex, deployment);
    if (target) return removeEnvironment(step, target);
    await removeService(step, service);
    await removeStudioFlow(step);
    await removeApiKeys(step, accountSid);
  };
  await removeAll({ ...work, isDryRun: true });
  const rest = target
    ? 'The Service, the Flow and the API key are kept'
    : 'Flex itself, its Conversations and Tasks are kept';
  const name = service?.uniqueName ?? project.serviceName;
  const confirmed = values.confirm ?? (await ask?.(`\n${rest}. To remove the above, type ${name}`));
  if (confirmed === undefined) {
    const option = target ? `${targetOption(target)} ` : '';
    return print(`\n${rest}. To remove the above: npm run teardown -- ${option}--confirm ${name}`);
  }
  if (confirmed !== name) {
    throw new Remedy(
      `"${confirmed}" is not the Service's name; nothing was removed.`,
      `To remove that Service, run it again with the name ${name}.`,
    );
  }
  print('');
  await removeAll(work);
  print(`\nDone. ${rest}.`);
}

/** Undefined for everything. */
function chooseTarget(deployments: Deployment[], suffix: string | undefined): Deployment | undefined {
  if (suffix === undefined) return undefined;
  const target = deployments.find((one) => one.suffix === suffix);
  if (target) return target;
  const names = deployments.map(({ name }) => name).join(', ') || 'none';
  throw new Remedy(
    `Nothing is deployed to ${suffix || 'production'}.`,
    `Environments of this account: ${names}.`,
  );
}

/** The current deployments and the open chats that depend on them. */
async function showUse(
  print: Print,
  { client, flex }: { client: Twilio; flex: Flex },
  deployments: Deployment[],
): Promise<void> {
  for (const { name, domainName } of deployments) print(`  in use  ${name}: https://${domainName}`);
  const open = await listOpenChats(client, flex).catch((error: unknown) => {
    throw explain(error, 'listing the open chats');
  });
  const latest = open
    .map(({ dateUpdated }) => dateUpdated.toISOString())
    .sort()
    .at(-1);
  const activity = latest === undefined ? '' : `, latest activity at ${latest}`;
  print(`  in use  open chats of all Environments: ${open.length}${activity}`);
}

if (process.argv[1] === __filename) runCommand(teardown, USAGE);
