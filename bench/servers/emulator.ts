/** The emulator, as a process to measure. */
import { Emulator } from '../../emulator/emulator';

void Emulator.start({ port: 0 }).then(({ url }) => process.send!(url));

process.on('message', () => {
  // With --expose-gc, so that only what is kept counts.
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  process.send!({ cpuMs: (user + system) / 1000, heapBytes: process.memoryUsage().heapUsed });
});
