/** How this machine is called in its network, where a program listens for other devices. */
import { hostname, networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

/** By which this machine may be called when it listens for others; a page that gives it another name is refused. */
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
