/** `npm start`: the emulator, its proxy and the Functions on this machine, until Ctrl-C. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EMULATOR_NAMES } from '../emulator/core/account';
import type { FlexUi } from '../emulator/core/flex-ui';
import { Emulator } from '../emulator/emulator';
import { ConnectProxy } from '../emulator/proxy/connect-proxy';
import { checkReading } from '../infra/checks/env-lines';
import { stopAtProblems } from '../infra/checks/finding';
import { checkConfig } from '../infra/checks/settings';
import { EnvFile } from '../infra/env-file';
import { Remedy, runCommand, type CommandOptions } from '../infra/terminal';
import { canBeListed } from '../src/assets/http/origins.private';
import { putBotFirstOnItsPage, startBot } from './bot-process';
import { buildIfNeeded } from './build-if-needed';
import { startFunctions, type FunctionsOptions, type FunctionsProcess } from './functions-process';
import { reportEvents } from './local-events';
import { readSettings, writeLocalSettings } from './local-settings';
import { deviceAddress, ownNames } from './own-addresses';
import { choosePort, freePort, EMULATOR_PORT, FUNCTIONS_PORT, PROXY_PORT, type PortRequest } from './ports';
import { stopTogether } from './stop-together';

const root = join(__dirname, '..');

const OPTIONS = {
  port: {
    type: 'string',
    value: 'N',
    help: 'port of the Functions and the customer page; default 3000 or PORT',
  },
  'emulator-port': {
    type: 'string',
    value: 'N',
    help: 'port of the emulator and the agent desk; default 4010',
  },
  'proxy-port': {
    type: 'string',
    value: 'N',
    help: 'port of the proxy for unmodified programs; default 4011',
  },
  origin: {
    type: 'string',
    multiple: true,
    value: 'https://…',
    help: 'allows a page of this origin to call, besides those of this machine',
  },
  host: {
    type: 'string',
    value: 'ADDRESS',
    help: 'the address to listen on, for a phone in this network; 127.0.0.1 otherwise',
  },
  set: {
    type: 'string',
    multiple: true,
    value: 'NAME=value',
    help: 'a setting of the Functions for this run; .env.example lists them',
  },
  inspect: { type: 'string', value: 'PORT', help: 'opens the debugger of the Functions' },
} as const;

const USAGE = {
  command: 'npm start',
  does: 'Runs the emulator, its proxy and the Functions on this machine, until Ctrl-C. The settings: .env.emulator.',
  options: OPTIONS,
} as const;

export { OPTIONS as START_OPTIONS };

/** The result of `parseArgs`. */
export type StartValues = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

/** What `npm run flex` and `npm run dev` do otherwise. */
interface Additions {
  flexUi?: Partial<FlexUi>;
  /** Instead of a build where one is due. */
  build?: () => Promise<void>;
  functions?: Pick<FunctionsOptions, 'live' | 'onReloadPage'>;
  /** Below the addresses. */
  onServing?: (serving: { emulator: Emulator; functions: FunctionsProcess }) => void;
  stop?: () => Promise<void>;
}

export function start({ environment, args = [], print }: CommandOptions): Promise<number> {
  return serve(parseArgs({ args, options: OPTIONS }).values, { environment, print });
}

/** Resolves with the exit code when a signal ends it. */
export async function serve(
  values: StartValues,
  { environment, print }: Pick<CommandOptions, 'environment' | 'print'>,
  { flexUi, build, functions: additions, onServing, stop }: Additions = {},
): Promise<number> {
  const embedded = new EnvFile(join(root, '.env.emulator'));
  stopAtProblems(
    [...checkReading(embedded, (name) => EMULATOR_NAMES.test(name)), ...checkConfig(embedded, 'here')],
    print,
    'Change .env.emulator; .env.example explains each setting.',
  );
  const settings = readSettings(values.set ?? [], embedded);
  const origins = (values.origin ?? []).map(toOrigin);
  const [port, emulatorPort, proxyPort] = await choosePorts(
    [
      {
        what: 'the Functions',
        option: '--port',
        given: values.port ?? environment['PORT'],
        standard: FUNCTIONS_PORT,
      },
      {
        what: 'the emulator',
        option: '--emulator-port',
        given: values['emulator-port'],
        standard: EMULATOR_PORT,
      },
      { what: 'the proxy', option: '--proxy-port', given: values['proxy-port'], standard: PROXY_PORT },
    ],
    print,
  );

  await (build ?? (() => buildIfNeeded(print)))();
  const started: { stop(): Promise<void> }[] = [];
  try {
    const device = values.host && deviceAddress(values.host);
    const emulator = await Emulator.start({
      port: emulatorPort!,
      // A browser on another device connects to it; the Functions reach it by loopback.
      host: values.host && '0.0.0.0',
      hosts: values.host ? ownNames(values.host, origins) : [],
      flexUi,
      allowedOrigins: origins,
    });
    started.push(emulator);
    emulator.world.studio.flows.check();
    const proxy = await ConnectProxy.start({ port: proxyPort!, emulatorUrl: emulator.url });
    started.push(proxy);
    // The customer page as that device names it.
    if (device) origins.push(`http://${device}:${port!}`);
    const run = {
      functionsPort: port!,
      emulatorUrl: emulator.url,
      realtimeUrl: `ws://${device ?? '127.0.0.1'}:${emulatorPort!}`,
      origins,
      settings,
    };
    const functions = await startFunctions(writeLocalSettings(root, embedded, run), port!, {
      host: values.host,
      origins,
      inspect: values.inspect,
      ...additions,
      onForeignOrigin: (origin) => {
        const what = `${origin} is not in ALLOWED_ORIGINS (.env.emulator, --set and --origin)`;
        print(`Rejected: ${what}. To allow it: npm start -- --origin ${origin}`);
        return `${what}. To allow it: npm start -- --origin ${origin}`;
      },
    });
    const functionsUrl = `http://localhost:${port}`;
    started.push(functions);
    await reportEvents(emulator, functionsUrl);
    const bot = await startBot({
      port: await freePort(),
      account: emulator.account,
      emulatorUrl: emulator.url,
    });
    started.push(bot);
    putBotFirstOnItsPage(emulator, bot.url);

    print(`
  Customer page   ${functionsUrl}/index.html
  Bot first       ${functionsUrl}/bot.html
  Out of hours    ${functionsUrl}/closed.html
  Agent desk      ${emulator.url}/
  Proxy           ${proxy.url}  for curl and twilio-cli: docs/emulator.md

Open the customer page and the desk side by side, write as the customer, accept as the agent. Ctrl-C stops everything.
`);
    const names = Object.keys(settings);
    if (names.length > 0) print(`  Set for this run: ${names.join(', ')}\n`);
    if (values.host !== undefined) {
      print(
        `${hostWarning(values.host)}The emulator is open to them, too. Another device opens http://${device}:${port}/index.html\n`,
      );
    }
    onServing?.({ emulator, functions });
    return await stopTogether(functions, [bot, emulator, proxy, ...(stop ? [{ stop }] : [])]);
  } catch (error) {
    await Promise.all([...started, ...(stop ? [{ stop }] : [])].map((one) => one.stop()));
    throw error;
  }
}

async function choosePorts(requests: PortRequest[], print: CommandOptions['print']): Promise<number[]> {
  const chosen: number[] = [];
  for (const request of requests) {
    const { port, hasMoved } = await choosePort(request, chosen).catch((error: Error) => {
      throw new Remedy(error.message, 'npm start -- --help shows the options.');
    });
    if (hasMoved) print(`Port ${request.standard} is taken: ${request.what} will use ${port}.`);
    chosen.push(port);
  }
  return chosen;
}

/** In the form that browsers send, and that ALLOWED_ORIGINS takes. */
export function toOrigin(text: string): string {
  if (URL.canParse(text) && new URL(text).origin === text && canBeListed(text)) return text;
  throw new Remedy(
    `--origin ${text} is not an origin.`,
    'Give only scheme, host name or IPv4 address, and port: --origin http://192.168.1.20:5173',
  );
}

export function hostWarning(host: string): string {
  return `WARNING: --host ${host} lets every device in this network call the Functions and start chats.\n`;
}

if (process.argv[1] === __filename) runCommand(start, USAGE);
