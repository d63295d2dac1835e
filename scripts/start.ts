/** `npm start`: the emulator and the Functions on this machine, until Ctrl-C. */
import { join } from 'node:path';
import { Emulator } from '../emulator/emulator';
import { checkReading } from '../infra/checks/env-lines';
import { stopAtProblems } from '../infra/checks/finding';
import { checkConfig } from '../infra/checks/settings';
import { EnvFile } from '../infra/env-file';
import { build } from './build';
import { startFunctions } from './functions-process';
import { EMULATOR_PORT, FUNCTIONS_PORT, takenPorts } from './ports';

async function start(): Promise<void> {
  const settings = new EnvFile(join(__dirname, '..', '.env.emulator'));
  stopAtProblems(
    [...checkReading(settings), ...checkConfig(settings, 'here')],
    console.log,
    'Change .env.emulator; .env.example says what each setting is for.',
  );

  const taken = await takenPorts({ 'the Functions': FUNCTIONS_PORT, 'the emulator': EMULATOR_PORT });
  if (taken.length > 0) throw new Error(taken.join('\n'));

  console.log('Building …');
  await build();
  const emulator = await Emulator.start({ port: EMULATOR_PORT });
  const functions = await startFunctions(settings.file, FUNCTIONS_PORT);

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

  console.log(`
  Customer page   http://localhost:${FUNCTIONS_PORT}/index.html
  Agent desk      ${emulator.url}/

Open both side by side, write as the customer, accept as the agent. Ctrl-C ends all of it.
`);
}

start().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
