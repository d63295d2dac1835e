/** `npm run provision`: creates and updates everything the account needs. Safe to run again at any time. */
import { parseArgs } from 'node:util';
import { ensureApiKey } from './account/api-key';
import { readCredentials } from './account/credentials';
import { chooseDeployment, findDeployments } from './account/deployment';
import { ensureEventUrls } from './account/event-registration';
import { findFlex, type Flex } from './account/flex';
import { report, type Work } from './account/steps';
import { ensureStudioFlow } from './account/studio-flow';
import { connect, explain, orMissing } from './account/twilio';
import { isSet } from '../src/assets/settings/settings.private';
import { Project } from './project';
import { suffixOf, TARGET_OPTIONS } from './target';
import { Remedy, runCommand, type CommandOptions } from './terminal';

/** The origin of the widget's page in `npm run start:live`. */
const FIRST_ORIGIN = 'http://localhost:3000';

const USAGE = {
  command: 'npm run provision',
  does: 'Creates what the account needs: an API key, the Studio Flow, the event URLs. Writes .env. Safe to run again.',
  options: {
    'dry-run': { type: 'boolean', default: false, help: 'only prints what it would do' },
    'rotate-key': {
      type: 'boolean',
      default: false,
      help: 'creates a new API key; the old one keeps working',
    },
    workflow: {
      type: 'string',
      value: 'WW…',
      help: 'the Workflow for the chats, if Flex has several',
    },
    ...TARGET_OPTIONS,
    'take-events': { type: 'boolean', default: false, help: 'takes the events of another Environment' },
    overwrite: {
      type: 'boolean',
      default: false,
      help: 'replaces a Flow that was changed in Studio, without a prompt',
    },
  },
} as const;

export async function provision(options: CommandOptions): Promise<void> {
  const { folder, environment, args = [], print, ask } = options;
  const { values } = parseArgs({
    args,
    options: USAGE.options,
  });
  const project = new Project(folder);
  const credentials = await readCredentials(project, environment);
  const { accountSid, authToken } = credentials;
  const client = connect(accountSid, authToken, accountSid, environment);
  const work: Work = {
    client,
    project,
    environment,
    isDryRun: values['dry-run'],
    print,
    ...(ask && { ask }),
  };

  print(`Account ${accountSid}${work.isDryRun ? ' (dry run: nothing is changed)' : ''}`);
  const flex = await findFlex(client, values.workflow ?? chosenWorkflow(project));
  await checkService(work, flex);
  report(
    work,
    'ok',
    `Workspace ${flex.workspaceSid}, Workflow ${flex.workflowSid}, TaskChannel ${flex.taskChannelSid}`,
  );
  if (!work.isDryRun) keepFacts(project, { accountSid, authToken }, flex);
  await ensureApiKey(work, accountSid, values['rotate-key']);
  if (project.isRoutedByInteractions) report(work, 'ok', 'no Studio Flow: ROUTING=interactions in .env');
  else await ensureStudioFlow(work, flex, values.overwrite);
  const deployments = await findDeployments(work);
  const deployment = chooseDeployment(deployments, suffixOf(values));
  await ensureEventUrls(work, flex, { deployment, deployments, mayTake: values['take-events'] });

  print(
    work.isDryRun ? '\nRun it without --dry-run to make these changes.' : `\nWritten to ${project.env.file}.`,
  );
  if (project.env.read()['ALLOWED_ORIGINS'] === FIRST_ORIGIN) {
    print(`ALLOWED_ORIGINS in .env allows only ${FIRST_ORIGIN}: add the origin of your site.`);
  }
  print('Next: npm run doctor');
}

/**
 * Flex works only with the account's default Service. Source: docs
 * https://www.twilio.com/docs/flex/developer/conversations/best-practices
 */
async function checkService(work: Work, { conversationsServiceSid }: Flex): Promise<void> {
  const { conversations } = work.client;
  const [service, { defaultChatServiceSid }] = await Promise.all([
    conversations.v1.services(conversationsServiceSid).fetch().catch(orMissing),
    conversations.v1.configuration().fetch(),
  ]).catch((error: unknown) => {
    throw explain(error, 'reading the Conversations Service');
  });
  if (!service) {
    throw new Remedy(
      `Flex names the Conversations Service ${conversationsServiceSid}, which does not exist.`,
      'Ask Twilio Support to repair the Flex configuration of this account.',
    );
  }
  if (defaultChatServiceSid !== conversationsServiceSid) {
    throw new Remedy(
      `Flex's Conversations Service ${conversationsServiceSid} is not the account's default (that is ${defaultChatServiceSid}).`,
      'Make it the default: Twilio Console, Conversations, Manage, Defaults, Default Conversation Service.',
    );
  }
  report(work, 'ok', `Conversations Service ${service.sid} (${service.friendlyName}), the account's default`);
}

/** A Workflow that `.env` names stays; a Flow keeps its own. */
function chosenWorkflow(project: Project): string | undefined {
  const sid = project.env.read()['TASKROUTER_WORKFLOW_SID'];
  return project.isRoutedByInteractions && isSet('TASKROUTER_WORKFLOW_SID', sid) ? sid : undefined;
}

function keepFacts(
  project: Project,
  credentials: { accountSid: string; authToken: string },
  flex: Flex,
): void {
  const { ALLOWED_ORIGINS: origins } = project.env.read();
  const isExample = origins === undefined || origins.includes('www.example.com');
  project.env.merge({
    ACCOUNT_SID: credentials.accountSid,
    AUTH_TOKEN: credentials.authToken,
    CONVERSATIONS_SERVICE_SID: flex.conversationsServiceSid,
    TASKROUTER_WORKSPACE_SID: flex.workspaceSid,
    ...(project.isRoutedByInteractions && { TASKROUTER_WORKFLOW_SID: flex.workflowSid }),
    ...(isExample ? { ALLOWED_ORIGINS: FIRST_ORIGIN } : {}),
  });
}

if (process.argv[1] === __filename) runCommand(provision, USAGE);
