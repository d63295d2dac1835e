/** The command line: `flex-chat-emulator [options] [exec -- command ... | parity FILE]`. */
import { isIP } from 'node:net';
import { parseArgs, type ParseArgsConfig } from 'node:util';

export const HELP = `Twilio on your machine: Conversations, Studio, Flex, TaskRouter, in memory.

flex-chat-emulator [options]
flex-chat-emulator exec [options] -- command ...   starts, runs the command, stops, and ends with its exit code
flex-chat-emulator parity FILE                      compares the recording of a real account with the emulator

  --port N           of the emulator; 4010, and 0 takes any free port
  --proxy-port N     of the proxy for programs whose target address is fixed; 4011
  --origin ORIGIN    pages of this origin may call, besides those on this machine; can be repeated
  --host NAME        a name or address by which it is called; can be repeated. With an address it listens there too:
                     any client that reaches it then has full control and can deploy and run code
  --max-messages N   how many Messages are kept in all, 100000; the oldest are dropped without an event
  --seed FILE        begins with what this JSON file describes: users, conversations, workers, flows
  --import DIR       begins with the state that --export-on-exit has written there
  --export-on-exit DIR
  --help             this text
`;

export interface CliOptions {
  port: number;
  proxyPort: number;
  /** The address to listen on. */
  listen: string;
  hosts: string[];
  allowedOrigins: string[];
  maxMessages: number | undefined;
  seed: string | undefined;
  import: string | undefined;
  exportOnExit: string | undefined;
  /** The recording to compare with. */
  recording: string | undefined;
  /** To run with the emulator beside it. */
  command: string[] | undefined;
  help: boolean;
}

export function parseCli(args: string[]): CliOptions {
  const isExec = args[0] === 'exec';
  const end = isExec ? args.indexOf('--') : args.length;
  const command = isExec && end > 0 ? args.slice(end + 1) : undefined;
  const own = isExec ? args.slice(1, end < 0 ? undefined : end) : args;
  const { values, positionals } = parse(own);
  const [word, recording, ...rest] = positionals;
  if (word !== undefined && (word !== 'parity' || recording === undefined || rest.length > 0)) {
    throw new Error(`Unknown command ${word}. Use: exec -- command, or parity FILE`);
  }
  if (isExec && !values.help && !command?.length) throw new Error('exec needs a command after --');
  return {
    port: portOf(values.port),
    proxyPort: portOf(values['proxy-port']),
    listen: values.host.some((host) => isIP(host) !== 0) ? '0.0.0.0' : '127.0.0.1',
    hosts: values.host,
    allowedOrigins: values.origin,
    maxMessages: values['max-messages'] === undefined ? undefined : countOf(values['max-messages']),
    seed: values.seed,
    import: values.import,
    exportOnExit: values['export-on-exit'],
    recording,
    command,
    help: values.help,
  };
}

const OPTIONS = {
  port: { type: 'string', default: '4010' },
  'proxy-port': { type: 'string', default: '4011' },
  origin: { type: 'string', multiple: true, default: [] },
  host: { type: 'string', multiple: true, default: [] },
  'max-messages': { type: 'string' },
  seed: { type: 'string' },
  import: { type: 'string' },
  'export-on-exit': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} satisfies ParseArgsConfig['options'];

const NAMES = Object.keys(OPTIONS)
  .map((name) => `--${name}`)
  .join(', ');

function parse(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: OPTIONS });
  } catch (error) {
    // Without Node's advice for arguments that begin with a dash.
    const [problem] = (error as Error).message.split(/\. |\n/);
    throw new Error(
      `${problem!.replace(/\.$/, '')}. The options are ${NAMES}: flex-chat-emulator --help explains them.`,
    );
  }
}

function countOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`${text} is not a number of Messages`);
  return Number(text);
}

/** 0 takes any free port. */
function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new Error(`${text} is not a port. Use a number from 0 to 65535`);
  return port;
}
