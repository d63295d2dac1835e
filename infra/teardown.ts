/** `npm run teardown`: takes away what provisioning and deploying made. Shows it first; does it with --yes. */
import { parseArgs } from 'node:util';
import { removeApiKeys } from './account/api-key';
import { readCredentials } from './account/credentials';
import { findDeployments, removeService } from './account/deployment';
import { removeEventUrls } from './account/event-urls';
import { findFlex } from './account/flex';
import type { Work } from './account/steps';
import { removeStudioFlow } from './account/studio-flow';
import { connect } from './account/twilio';
import { Project } from './project';
import { runCommand, type CommandOptions } from './terminal';

export async function teardown({ folder, environment, args = [], print }: CommandOptions): Promise<void> {
  const { values } = parseArgs({ args, options: { yes: { type: 'boolean', default: false } } });
  const project = new Project(folder);
  const { accountSid, authToken } = await readCredentials(project, environment);
  const client = connect(accountSid, authToken, accountSid, environment);
  const work: Work = { client, project, environment, isDryRun: !values.yes, print };

  print(`Account ${accountSid}${work.isDryRun ? ' (nothing is removed yet)' : ''}`);
  const flex = await findFlex(client);
  // From the outside in: first what calls the Functions, then the Functions, then what they use.
  for (const deployment of await findDeployments(work)) await removeEventUrls(work, flex, deployment);
  await removeService(work);
  await removeStudioFlow(work);
  await removeApiKeys(work, accountSid);
  print(
    work.isDryRun
      ? '\nFlex itself, its Conversations and Tasks stay. To remove the above: npm run teardown -- --yes'
      : '\nDone. Flex itself, its Conversations and Tasks are as they were.',
  );
}

if (process.argv[1] === __filename) runCommand(teardown);
