/** Ports that the local programs listen on. */
import { createServer } from 'node:net';

export const FUNCTIONS_PORT = 3000;
export const EMULATOR_PORT = 4010;
export const PROXY_PORT = 4011;
export const BOT_PORT = 3100;

/** How many ports are looked at from a default upwards. */
const TRIES = 50;
const ADDRESSES = ['127.0.0.1', '::1', undefined];

export interface PortRequest {
  /** For example `the Functions`. */
  what: string;
  /** The option that sets it. */
  option: string;
  /** What a person gave; it is taken or refused. */
  given: string | undefined;
  /** Where it is taken, the next free port is used. */
  standard: number;
}

export interface ChosenPort {
  port: number;
  /** Something else has the standard port. */
  hasMoved: boolean;
}

/** `others` are chosen already. Throws what a person can do about a port that they gave. */
export async function choosePort(
  { what, option, given, standard }: PortRequest,
  others: readonly number[] = [],
): Promise<ChosenPort> {
  if (given !== undefined) {
    const port = Number(given);
    if (!/^\d+$/.test(given) || port < 1 || port > 65_535) {
      throw new Error(`${option} ${given} is not a port. Give a number from 1 to 65535.`);
    }
    if (!others.includes(port) && (await isFree(port))) return { port, hasMoved: false };
    throw new Error(
      `Port ${port}, for ${what}, is taken. Stop what listens there, or give another ${option}.`,
    );
  }
  for (let port = standard; port < standard + TRIES; port++) {
    if (!others.includes(port) && (await isFree(port))) return { port, hasMoved: port !== standard };
  }
  throw new Error(
    `The ports ${standard} to ${standard + TRIES - 1}, for ${what}, are taken. Give one: ${option} N`,
  );
}

/** On one address a port can be free, and taken on another. */
async function isFree(port: number): Promise<boolean> {
  for (const host of ADDRESSES) if (!(await canListen(port, host))) return false;
  return true;
}

function canListen(port: number, host: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    // An address that this machine does not have is nobody's.
    probe.once('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT'),
    );
    probe.listen({ port, ...(host !== undefined && { host }) }, () => probe.close(() => resolve(true)));
  });
}
