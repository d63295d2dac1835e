/** The emulator and the Functions on this machine, until Ctrl-C. */
import { join } from 'node:path';
import { Emulator } from '../emulator/emulator';
import type { FlexUi } from '../emulator/core/flex-ui';
import { build } from './build';
import { startFunctions } from './functions-process';
import { EMULATOR_PORT, FUNCTIONS_PORT, takenPorts } from './ports';

/** Resolves with the emulator's address as soon as both serve. */
export async function runLocally({ flexUi = {} as Partial<FlexUi> } = {}): Promise<string> {
  console.log('Building …');
  await build();
  const emulator = await Emulator.start({ port: EMULATOR_PORT, flexUi });
  const functions = await startFunctions(join(__dirname, '..', '.env.emulator'), FUNCTIONS_PORT);

  let stopping = false;
  const stop = async (): Promise<void> => {
    stopping = true;
    await Promise.all([functions.stop(), emulator.stop()]);
    process.exit();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop());
  void functions.ended.then((code) => {
    if (stopping) return;
    // Null: ended by a signal. Ctrl-C reaches twilio-run as well, now and then before us.
    if (code !== null) {
      console.error(`twilio-run ended with code ${code}.`);
      process.exitCode = 1;
    }
    void stop();
  });
  return emulator.url;
}

/** Before anything else is done: what has their ports. */
export async function checkPorts(): Promise<void> {
  const taken = await takenPorts({ 'the Functions': FUNCTIONS_PORT, 'the emulator': EMULATOR_PORT });
  if (taken.length > 0) throw new Error(taken.join('\n'));
}
