/**
 * `npm run sweep`: lists abandoned chats, and closes them with --yes. Timers also close them; this is for chats without
 * timers, and for closing them earlier.
 */
import { parseArgs } from 'node:util';
import type { Twilio } from 'twilio';
import type {
  ConversationContext,
  ConversationInstance,
} from 'twilio/lib/rest/conversations/v1/service/conversation';
import { isChatName } from '../src/assets/chat/conversation-name.private';
import { readCredentials } from './account/credentials';
import { findFlex, type Flex } from './account/flex';
import { listOpenChats } from './account/open-chats';
import { connect, explain } from './account/twilio';
import { Project } from './project';
import { Remedy, runCommand, type CommandOptions } from './terminal';

export interface SweepOptions extends CommandOptions {
  now?: Date;
}

/** A visitor can return for this long; it is also the default of the Functions' closing timer. */
const DEFAULT_QUIET_HOURS = 24;
/** Source: docs https://www.twilio.com/docs/api/errors/50377 */
const CONVERSATION_CLOSED = 50377;
const ENDED_TASKS = ['completed', 'canceled'];

const USAGE = {
  command: 'npm run sweep',
  does: 'Lists abandoned chats that are still open.',
  options: {
    yes: { type: 'boolean', default: false, help: 'closes them' },
    'quiet-hours': {
      type: 'string',
      default: String(DEFAULT_QUIET_HOURS),
      value: 'N',
      help: 'hours without a message; default 24',
    },
    'any-key': {
      type: 'boolean',
      default: false,
      help: 'also chats that were started with another API key',
    },
  },
} as const;

/** Returns the number of chats found. */
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
  const project = new Project(folder);
  const { accountSid, authToken } = await readCredentials(project, environment);
  const secret = environment['TWILIO_API_KEY_SECRET'] || project.env.read()['TWILIO_API_KEY_SECRET'];
  const client = connect(accountSid, authToken, accountSid, environment);
  print(`Account ${accountSid}${values.yes ? '' : ' (dry run: nothing is closed)'}`);
  try {
    const flex = await findFlex(client);
    const quiet = (await listOpenChats(client, flex)).filter(({ dateUpdated }) => dateUpdated <= quietSince);
    const own =
      secret && !values['any-key']
        ? quiet.filter(({ uniqueName }) => isChatName({ TWILIO_API_KEY_SECRET: secret }, uniqueName))
        : quiet;
    const found = await withoutLiveTask(client, flex, own);
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
        : `${found.length} found.${values.yes ? '' : ' To close them: npm run sweep -- --yes'}`,
    );
    if (own.length < quiet.length) {
      print(
        `${quiet.length - own.length} left alone: their names do not have the mark of TWILIO_API_KEY_SECRET. Another environment, an earlier API key or another program made them. To include them: --any-key`,
      );
    }
    return found.length;
  } catch (error) {
    throw explain(error, 'looking through the Conversations');
  }
}

/** An invalid number would make every chat count as quiet. */
function hoursBefore(now: Date, hours: string): Date {
  const moment = new Date(now.getTime() - Number(hours) * 3_600_000);
  if (/^\d+(\.\d+)?$/.test(hours) && !Number.isNaN(moment.getTime())) return moment;
  throw new Remedy('--quiet-hours is not a number of hours.', 'Use a number of hours, for example 24.');
}

/** A long list takes time, so a timer may have closed the Conversation in the meantime. */
async function close(conversation: ConversationContext): Promise<void> {
  await conversation.update({ state: 'closed' }).catch((error: { code?: number }) => {
    if (error.code !== CONVERSATION_CLOSED) throw error;
  });
}

/** Those without a Task that an agent or a Workflow still handles. */
async function withoutLiveTask(
  client: Twilio,
  flex: Flex,
  conversations: ConversationInstance[],
): Promise<ConversationInstance[]> {
  const unneeded: ConversationInstance[] = [];
  for (const conversation of conversations) {
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
