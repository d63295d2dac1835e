/** The bot of `examples/bot` on this machine, and the Flow in which it comes first as the embedded account's. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../emulator/core/account';
import type { Emulator } from '../emulator/emulator';
import type { Definition } from '../emulator/studio/model';
import { NO_BOT_URL } from '../infra/project';
import { startFunctions, type FunctionsProcess } from './functions-process';

const root = join(__dirname, '..');
const BOT = join(root, 'examples', 'bot');

export interface BotOptions {
  port: number;
  account: Account;
  emulatorUrl: string;
  /** Settings of the bot's own: examples/bot/README.md. */
  settings?: Record<string, string>;
  log?: 'inherit' | 'ignore';
}

export interface BotProcess extends Pick<FunctionsProcess, 'ended' | 'stop'> {
  /** What the Flow asks. */
  url: string;
}

export async function startBot(options: BotOptions): Promise<BotProcess> {
  const { port, account, emulatorUrl, settings = {}, log = 'inherit' } = options;
  const url = `http://localhost:${port}/bot-answer`;
  // Of this process alone: another one may start a bot at the same time.
  const local = join(root, '.emulator');
  mkdirSync(local, { recursive: true });
  const folder = mkdtempSync(join(local, 'bot-'));
  for (const part of ['functions', 'assets']) {
    cpSync(join(BOT, part), join(folder, 'dist', part), { recursive: true });
  }
  // The toolkit asks for a folder of that name before it reads its configuration.
  mkdirSync(join(folder, 'src'));
  for (const name of ['package.json', '.twilioserverless']) cpSync(join(root, name), join(folder, name));
  const envFile = join(folder, '.env');
  const all = {
    ACCOUNT_SID: account.accountSid,
    AUTH_TOKEN: account.authToken,
    CONVERSATIONS_SERVICE_SID: account.conversationsServiceSid,
    TASKROUTER_WORKSPACE_SID: account.workspaceSid,
    TWILIO_API_BASE_URL: emulatorUrl,
    BOT_URL: url,
    ...settings,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(envFile, lines.join(''));
  const functions = await startFunctions(envFile, port, { cwd: folder, log });
  return {
    url,
    ended: functions.ended,
    async stop() {
      await functions.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** From now on the bot answers first, in the chats that begin. */
export function putBotFirst(emulator: Emulator, botUrl: string): void {
  publish(emulator, botFirst(emulator, botUrl));
}

/** Only in those of the page `bot.html`; all others come to an agent at once. */
export function putBotFirstOnItsPage(emulator: Emulator, botUrl: string): void {
  const definition = botFirst(emulator, botUrl);
  const begins = definition.states
    .find(({ type }) => type === 'trigger')!
    .transitions.find(({ event }) => event === 'incomingConversationMessage')!;
  const input = '{{trigger.conversation.ChannelAttributes.pre_engagement_data.demo}}';
  definition.states.push({
    name: 'whose_page',
    type: 'split-based-on',
    properties: { input },
    transitions: [
      { event: 'noMatch', next: 'send_to_flex' },
      {
        event: 'match',
        next: begins.next!,
        conditions: [{ friendly_name: 'bot', arguments: [input], type: 'equal_to', value: 'bot' }],
      },
    ],
  });
  begins.next = 'whose_page';
  publish(emulator, definition);
}

function botFirst({ world }: Emulator, botUrl: string): Definition {
  const { definition } = world.studio.flows.list().find(({ friendlyName }) => friendlyName === 'bot-first')!;
  return JSON.parse(JSON.stringify(definition).replaceAll(NO_BOT_URL, botUrl)) as Definition;
}

function publish({ world, account }: Emulator, definition: Definition): void {
  const { flows } = world.studio;
  flows.update(flows.get(account.flowSid)!, {
    definition: JSON.stringify(definition),
    status: 'published',
  });
}
