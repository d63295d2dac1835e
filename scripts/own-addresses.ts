/** The names of this machine in its network, for a program that listens for other devices. */
import { hostname, networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

/** The names under which other devices may call this machine; a page that uses another name is refused. */
export function ownNames(host: string, origins: readonly string[]): string[] {
  const addresses = interfaces().map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address));
  const names = origins.filter((one) => URL.canParse(one)).map((one) => new URL(one).hostname);
  return [host, hostname(), `${hostname()}.local`, ...addresses, ...names].map((name) => name.toLowerCase());
}

/** The address under which other devices reach this machine. */
export function deviceAddress(host: string): string {
  if (host !== '0.0.0.0' && host !== '::') return host;
  return interfaces().find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}

function interfaces(): NetworkInterfaceInfo[] {
  return Object.values(networkInterfaces()).flatMap((list) => list ?? []);
}
