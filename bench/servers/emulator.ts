/** The emulator, as a process to measure. */
import { Emulator } from '../../emulator/emulator';

void Emulator.start({ port: 0 }).then(({ url }) => process.send!(url));
