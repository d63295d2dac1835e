/** Ports that the local programs listen on. */
import { createServer } from 'node:net';

export const FUNCTIONS_PORT = 3000;
export const EMULATOR_PORT = 4010;

/** Says what to do about each port that something else has, all of them at once. */
export async function takenPorts(ports: Record<string, number>): Promise<string[]> {
  const checks = Object.entries(ports).map(async ([what, port]) =>
    (await isFree(port)) ? undefined : `Port ${port}, for ${what}, is taken. Stop what listens there.`,
  );
  return (await Promise.all(checks)).filter((line) => line !== undefined);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });
}
