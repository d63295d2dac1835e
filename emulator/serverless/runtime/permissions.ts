/**
 * What a deployed Function may touch of this machine: Node's permission model, as far as this version has it. It keeps code
 * that does not know of it from files, processes and native code; docs/security.md says what it does not contain.
 * Source: https://nodejs.org/docs/latest-v20.x/api/permissions.html
 */
import { sep } from 'node:path';

/** Node 20 calls it experimental. Node 25 and later close the network as well, which leads to the emulator. */
const SWITCH = ['--permission', '--experimental-permission'].find((flag) =>
  process.allowedNodeEnvironmentFlags.has(flag),
);
const NETWORK = process.allowedNodeEnvironmentFlags.has('--allow-net') ? ['--allow-net'] : [];

/** Arguments for Node. */
export function permissionArgs({ readable, writable }: { readable: string[]; writable: string[] }): string[] {
  if (SWITCH === undefined) return [];
  return [
    SWITCH,
    ...NETWORK,
    ...readable.map((path) => `--allow-fs-read=${path}`),
    ...writable.map((path) => `--allow-fs-write=${path}`),
  ];
}

/** The folder, as such an argument names it with everything below it. */
export function allIn(folder: string): string {
  return `${folder}${sep}*`;
}
