/**
 * `npm run sweep`: chats that nobody needs any more, listed, and closed with --yes. Timers close them too; this is for
 * those that were made without, and for whoever does not want to wait.
 */
import { parseArgs } from 'node:util';
import type { Twilio } from 'twilio';
import type {
  ConversationContext,
  ConversationInstance,
} from 'twilio/lib/rest/conversations/v1/service/conversation';
import { readCredentials } from './account/credentials';
import { findFlex, type Flex } from './account/flex';
import { listOpenChats } from './account/open-chats';
import { connect, explain } from './account/twilio';
import { Project } from './project';
import { Remedy, runCommand, type CommandOptions } from './terminal';

export interface SweepOptions extends CommandOptions {
  now?: Date;
}

/** A visitor can come back for this long; the Functions' own closing timer is as long by default. */
const DEFAULT_QUIET_HOURS = 24;
/** Source: docs https://www.twilio.com/docs/api/errors/50377 */
const CONVERSATION_CLOSED = 50377;
const ENDED_TASKS = ['completed', 'canceled'];

const USAGE = {
  command: 'npm run sweep',
  does: 'Lists the open chats that nobody needs any more.',
  options: {
    yes: { type: 'boolean', default: false, help: 'closes them' },
    'quiet-hours': {
      type: 'string',
      default: String(DEFAULT_QUIET_HOURS),
      value: 'N',
      help: 'hours without a message; 24 otherwise',
    },
  },
} as const;

/** Returns how many it found. */
export async function sweep({
  folder,
  environment,
  args = [],
  print,
  now = new Date(),
}: SweepOptions): Promise<number> {
  const { values } = parseArgs({
    args,
    options: USAGE.options,
  });
  const quietSince = hoursBefore(now, values['quiet-hours']);
  const { accountSid, authToken } = await readCredentials(new Project(folder), environment);
  const client = connect(accountSid, authToken, accountSid, environment);
  print(`Account ${accountSid}${values.yes ? '' : ' (dry run: nothing is closed)'}`);
  try {
    const flex = await findFlex(client);
    const found = await findUnneeded(client, flex, quietSince);
    for (const conversation of found) {
      const { sid, chatServiceSid, uniqueName, state, dateUpdated } = conversation;
      const { conversations } = client.conversations.v1.services(chatServiceSid);
      if (values.yes) await close(conversations(sid));
      print(
        `${values.yes ? 'closed' : 'would close'}  ${sid}  ${state}, quiet since ${dateUpdated.toISOString()}, ${uniqueName}`,
      );
    }
    print(
      found.length === 0
        ? 'Nothing to close.'
        : `${found.length} in all.${values.yes ? '' : ' To close them: npm run sweep -- --yes'}`,
    );
    return found.length;
  } catch (error) {
    throw explain(error, 'looking through the Conversations');
  }
}

/** A moment that cannot be told would make everything quiet. */
function hoursBefore(now: Date, hours: string): Date {
  const moment = new Date(now.getTime() - Number(hours) * 3_600_000);
  if (/^\d+(\.\d+)?$/.test(hours) && !Number.isNaN(moment.getTime())) return moment;
  throw new Remedy('--quiet-hours is no number of hours.', 'Give hours, for example 24.');
}

/** Long lists take a while; a timer may have closed one since then. */
async function close(conversation: ConversationContext): Promise<void> {
  await conversation.update({ state: 'closed' }).catch((error: { code?: number }) => {
    if (error.code !== CONVERSATION_CLOSED) throw error;
  });
}

/** Open, made by our Functions, quiet for long enough, and with no Task that an agent or a Workflow has still to do. */
async function findUnneeded(client: Twilio, flex: Flex, quietSince: Date): Promise<ConversationInstance[]> {
  const unneeded: ConversationInstance[] = [];
  for (const conversation of await listOpenChats(client, flex)) {
    if (conversation.dateUpdated > quietSince) continue;
    if (!(await hasLiveTask(client, flex, conversation.sid))) unneeded.push(conversation);
  }
  return unneeded;
}

async function hasLiveTask(client: Twilio, flex: Flex, conversationSid: string): Promise<boolean> {
  const tasks = await client.taskrouter.v1.workspaces(flex.workspaceSid).tasks.list({
    evaluateTaskAttributes: `conversationSid == "${conversationSid}"`,
  });
  return tasks.some(({ assignmentStatus }) => !ENDED_TASKS.includes(assignmentStatus));
}

if (process.argv[1] === __filename) {
  runCommand(async (options) => void (await sweep(options)), USAGE);
}
