/** `npm run start:live`: the Functions on this machine, with the real account in `.env`. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkLines } from '../infra/checks/env-lines';
import { stopAtProblems } from '../infra/checks/finding';
import { checkConfig } from '../infra/checks/settings';
import { Project } from '../infra/project';
import { Remedy, runCommand, type CommandOptions } from '../infra/terminal';
import { buildIfNeeded } from './build-if-needed';
import { startFunctions } from './functions-process';
import { choosePort, FUNCTIONS_PORT } from './ports';
import { hostWarning } from './start';
import { stopTogether } from './stop-together';

const root = join(__dirname, '..');

const USAGE = {
  command: 'npm run start:live',
  does: 'Runs the Functions on this machine, with the real account in .env, until Ctrl-C.',
  options: {
    port: { type: 'string', value: 'N', help: 'port to listen on; default 3000 or PORT' },
    host: { type: 'string', value: 'ADDRESS', help: 'address to listen on; default 127.0.0.1' },
    inspect: { type: 'string', value: 'PORT', help: 'opens the debugger of the Functions' },
  },
} as const;

async function startLive({ environment, args = [], print }: CommandOptions): Promise<number> {
  const { values } = parseArgs({ args, options: USAGE.options });
  const project = new Project(root);
  // As in the cloud, which rejects the emulator's settings: chats here reach real agents.
  const findings = [...checkConfig(project.env, 'cloud'), ...checkLines(project.env)];
  stopAtProblems(findings, print, 'npm run doctor lists all problems.');
  // ALLOWED_ORIGINS contains this port, so it is fixed.
  const given = values.port ?? environment['PORT'] ?? String(FUNCTIONS_PORT);
  const request = { what: 'the Functions', option: '--port', given, standard: FUNCTIONS_PORT };
  const { port } = await choosePort(request).catch((error: Error) => {
    throw new Remedy(error.message, 'npm run start:live -- --help shows the options.');
  });

  await buildIfNeeded(print);
  const functions = await startFunctions(project.env.file, port, {
    host: values.host,
    inspect: values.inspect,
    onForeignOrigin: (origin) => {
      const line = project.env.lineOf('ALLOWED_ORIGINS');
      const what = `${origin} is not in ALLOWED_ORIGINS (.env, line ${line}). Add it there and restart.`;
      print(`Rejected: ${what}`);
      return what;
    },
  });
  print(`
  Customer page   http://localhost:${port}/index.html
  Account         ${project.env.read()['ACCOUNT_SID']}: chats here reach its agents

Ctrl-C ends it.
`);
  if (values.host !== undefined) print(hostWarning(values.host));
  return stopTogether(functions, []);
}

if (process.argv[1] === __filename) runCommand(startLive, USAGE);
