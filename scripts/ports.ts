/** Ports of the local programs. */
import { createServer, type AddressInfo } from 'node:net';

export const FUNCTIONS_PORT = 3000;
export const EMULATOR_PORT = 4010;
export const PROXY_PORT = 4011;

/** How many ports to try, from the default upwards. */
const TRIES = 50;
const ADDRESSES = ['127.0.0.1', '::1', undefined];

export interface PortRequest {
  /** For example `the Functions`. */
  what: string;
  /** The option that sets it. */
  option: string;
  /** Set by the user; it is used or rejected, never changed. */
  given: string | undefined;
  /** If it is taken, the next free port is used. */
  standard: number;
}

export interface ChosenPort {
  port: number;
  /** Another program uses the standard port. */
  hasMoved: boolean;
}

/** `others` are already chosen. Throws an error with a fix if a given port is invalid or taken. */
export async function choosePort(
  { what, option, given, standard }: PortRequest,
  others: readonly number[] = [],
): Promise<ChosenPort> {
  if (given !== undefined) {
    const port = Number(given);
    if (!/^\d+$/.test(given) || port < 1 || port > 65_535) {
      throw new Error(`${option} ${given} is not a port. Use a number from 1 to 65535.`);
    }
    if (!others.includes(port) && (await isFree(port))) return { port, hasMoved: false };
    throw new Error(
      `Port ${port}, for ${what}, is taken. Stop the program that uses it, or choose another ${option}.`,
    );
  }
  for (let port = standard; port < standard + TRIES; port++) {
    if (!others.includes(port) && (await isFree(port))) return { port, hasMoved: port !== standard };
  }
  throw new Error(
    `The ports ${standard} to ${standard + TRIES - 1}, for ${what}, are taken. Choose one: ${option} N`,
  );
}

/** For a program that only other programs of this project call: the system chooses. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** A port can be free on one address and taken on another. */
async function isFree(port: number): Promise<boolean> {
  for (const host of ADDRESSES) if (!(await canListen(port, host))) return false;
  return true;
}

function canListen(port: number, host: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    // An address that this machine does not have is not taken.
    probe.once('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT'),
    );
    probe.listen({ port, ...(host !== undefined && { host }) }, () => probe.close(() => resolve(true)));
  });
}
