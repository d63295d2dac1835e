/** `npm run start:live`: the Functions on this machine, working on the real account in `.env`. */
import { join } from 'node:path';
import { EMULATOR_SETTINGS, Project } from '../infra/project';
import { build } from './build';
import { startFunctions } from './functions-process';
import { FUNCTIONS_PORT, takenPorts } from './ports';

const root = join(__dirname, '..');

async function startLive(): Promise<void> {
  const project = new Project(root);
  const env = project.env.read();
  const missing = project.requiredSettings().filter((name) => env[name] === undefined);
  const emulator = EMULATOR_SETTINGS.filter((name) => env[name] !== undefined);
  if (missing.length > 0) throw new Error(`.env does not set ${missing.join(', ')}. Next: npm run provision`);
  if (emulator.length > 0)
    throw new Error(`.env sets ${emulator.join(', ')}: that is the emulator. Next: npm start`);
  const taken = await takenPorts({ 'the Functions': FUNCTIONS_PORT });
  if (taken.length > 0) throw new Error(taken.join('\n'));

  console.log('Building …');
  await build();
  const functions = await startFunctions(project.env.file, FUNCTIONS_PORT);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void functions.stop());
  console.log(`
  Customer page   http://localhost:${FUNCTIONS_PORT}/index.html
  Account         ${env['ACCOUNT_SID']}: chats here reach its agents

Ctrl-C ends it.
`);
  process.exitCode = (await functions.ended) ?? 0;
}

startLive().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
