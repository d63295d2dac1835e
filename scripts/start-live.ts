/** `npm run start:live`: the Functions on this machine, working on the real account in `.env`. */
import { join } from 'node:path';
import { checkLines } from '../infra/checks/env-lines';
import { stopAtProblems } from '../infra/checks/finding';
import { checkConfig } from '../infra/checks/settings';
import { Project } from '../infra/project';
import { build } from './build';
import { startFunctions } from './functions-process';
import { FUNCTIONS_PORT, takenPorts } from './ports';

const root = join(__dirname, '..');

async function startLive(): Promise<void> {
  const project = new Project(root);
  // As in the cloud, where the emulator is refused: chats here reach real agents.
  const findings = [...checkConfig(project.env, 'cloud'), ...checkLines(project.env)];
  stopAtProblems(findings, console.log, 'npm run doctor says everything that it finds.');
  const taken = await takenPorts({ 'the Functions': FUNCTIONS_PORT });
  if (taken.length > 0) throw new Error(taken.join('\n'));

  console.log('Building …');
  await build();
  const functions = await startFunctions(project.env.file, FUNCTIONS_PORT);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void functions.stop());
  console.log(`
  Customer page   http://localhost:${FUNCTIONS_PORT}/index.html
  Account         ${project.env.read()['ACCOUNT_SID']}: chats here reach its agents

Ctrl-C ends it.
`);
  process.exitCode = (await functions.ended) ?? 0;
}

startLive().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
