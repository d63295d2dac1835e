/** The Functions on this machine: twilio-run behind the front that receives all requests. */
import { existsSync, statSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { Remedy } from '../infra/terminal';
import type { Served } from './functions/caller-check';
import { Front } from './functions/front';
import { startTwilioRun } from './functions/twilio-run';

const root = join(__dirname, '..');

export interface FunctionsProcess {
  /** Resolves when twilio-run ends, with its exit code. */
  ended: Promise<number | null>;
  stop(): Promise<void>;
}

export interface FunctionsOptions {
  cwd?: string;
  log?: 'inherit' | 'ignore';
  /** The address to listen on; by default the loopback interface. */
  host?: string | undefined;
  /** Allowed origins; their hosts may be names of this machine. */
  origins?: readonly string[];
  inspect?: string | undefined;
  /** Returns the explanation of an origin that the Functions rejected. */
  onForeignOrigin?: (origin: string) => string;
}

export async function startFunctions(
  envFile: string,
  port: number,
  options: FunctionsOptions = {},
): Promise<FunctionsProcess> {
  const { cwd = root, log = 'inherit', host, origins = [], inspect } = options;
  const twilioRun = await startTwilioRun({ cwd, envFile, port, log, inspect });
  try {
    const front = await Front.start({
      port,
      addresses: host === undefined ? ['127.0.0.1', '::1'] : [host],
      names: host === undefined ? [] : ownNames(host, origins),
      socket: twilioRun.socket,
      whatIs: (path) => whatIs(join(cwd, 'dist'), path),
      onForeignOrigin: options.onForeignOrigin,
    });
    return {
      ended: twilioRun.ended,
      async stop() {
        await Promise.all([front.stop(), twilioRun.stop()]);
      },
    };
  } catch (error) {
    await twilioRun.stop();
    throw cannotListen(error as NodeJS.ErrnoException, `${host ?? '127.0.0.1'}:${port}`) ?? error;
  }
}

const NO_LISTENING = ['EADDRNOTAVAIL', 'EADDRINUSE', 'EACCES', 'ENOTFOUND', 'EAI_AGAIN', 'EAFNOSUPPORT'];

function cannotListen({ code = '', message }: NodeJS.ErrnoException, where: string): Remedy | undefined {
  if (!NO_LISTENING.includes(code)) return undefined;
  return new Remedy(
    `The Functions cannot listen on ${where}: ${message}.`,
    'Give --host an address of this machine, and --port a free port.',
  );
}

/** The names of this machine when it listens for others; a page that calls it by another name is rejected. */
function ownNames(host: string, origins: readonly string[]): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address)),
  );
  const names = origins.filter((one) => URL.canParse(one)).map((one) => new URL(one).hostname);
  return [host, hostname(), `${hostname()}.local`, ...addresses, ...names].map((name) => name.toLowerCase());
}

function whatIs(dist: string, path: string): Served {
  // Twilio serves it at `/`. Source: sdk twilio-run/dist/runtime/server.js
  if (path === '/') return 'asset';
  const isFunction = ['.js', '.protected.js'].some((end) => isFile(join(dist, 'functions', `${path}${end}`)));
  if (isFunction) return 'function';
  return isFile(join(dist, 'assets', path)) ? 'asset' : undefined;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
