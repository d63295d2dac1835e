/** What the command line says: `flex-chat-emulator [options]`. */
import { isIP } from 'node:net';
import { parseArgs } from 'node:util';

export const HELP = `Twilio on your machine: Conversations, Studio, Flex, TaskRouter, in memory.

flex-chat-emulator [options]

  --port N           of the emulator; 4010, and 0 takes any free port
  --proxy-port N     of the proxy for programs that cannot be told another address; 4011
  --origin ORIGIN    pages of this origin may call, besides those on this machine; can be repeated
  --host NAME        a name or address by which it is called; can be repeated. With an address it listens there too:
                     whoever reaches that address can then do everything here, and run code by deploying it
  --help             this text
`;

export interface CliOptions {
  port: number;
  proxyPort: number;
  /** The address to listen on. */
  listen: string;
  hosts: string[];
  allowedOrigins: string[];
  help: boolean;
}

export function parseCli(args: string[]): CliOptions {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '4010' },
      'proxy-port': { type: 'string', default: '4011' },
      origin: { type: 'string', multiple: true, default: [] },
      host: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return {
    port: portOf(values.port),
    proxyPort: portOf(values['proxy-port']),
    listen: values.host.some((host) => isIP(host) !== 0) ? '0.0.0.0' : '127.0.0.1',
    hosts: values.host,
    allowedOrigins: values.origin,
    help: values.help,
  };
}

/** 0 takes any free port. */
function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new Error(`${text} is not a port`);
  return port;
}
