/** The emulator, as a measured process. */
import { Emulator } from '../../emulator/emulator';

void Emulator.start({ port: 0 }).then(({ url }) => process.send!(url));

process.on('message', () => {
  // Requires --expose-gc, so that only retained memory counts.
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  process.send!({ cpuMs: (user + system) / 1000, heapBytes: process.memoryUsage().heapUsed });
});
