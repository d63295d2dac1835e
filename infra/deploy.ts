/** `npm run deploy`: builds, checks, deploys with Twilio's own toolkit, and says what to put on the site. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readCredentials } from './account/credentials';
import { findDeployment, findServiceSid } from './account/deployment';
import { ensureEventUrls } from './account/event-urls';
import { findFlex } from './account/flex';
import type { Work } from './account/steps';
import { connect, explain } from './account/twilio';
import { stopAtProblems } from './checks/finding';
import { settingsToDeploy } from './deployed-settings';
import { examine } from './doctor';
import { mergeValues, type Values } from './env-file';
import { Project } from './project';
import { Remedy, runCommand, type CommandOptions, type Print } from './terminal';

/** Problems that deploying itself solves. */
const SOLVED_BY_DEPLOY = ['deployment', 'event-urls'];

export async function deploy({ folder, environment, args = [], print }: CommandOptions): Promise<void> {
  const { values: options } = parseArgs({
    args,
    options: {
      environment: { type: 'string', default: 'dev' },
      production: { type: 'boolean', default: false },
      'skip-tests': { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
    },
  });
  const suffix = options.production ? '' : options.environment;
  const project = new Project(folder);
  const { accountSid, authToken } = await readCredentials(project, environment);
  const client = connect(accountSid, authToken, accountSid, environment);
  const work: Work = { client, project, environment, isDryRun: false, print };

  // Read once: what is judged here is what is deployed minutes later, whatever happens to .env meanwhile.
  const settings = settingsToDeploy(project.env.read());
  await inStep(print, 'Settings and account', async () => {
    const findings = await examine(project, environment, suffix);
    const lasting = findings.filter(({ check }) => !SOLVED_BY_DEPLOY.includes(check));
    stopAtProblems(lasting, print, 'npm run doctor says everything that it finds.');
  });
  await inStep(print, 'Build', () => run(folder, ['scripts/run.mjs', 'scripts/build.ts'], environment));
  if (project.builtFunctions().length === 0)
    throw new Remedy('The build has no Function.', 'Look at src/functions.');
  if (options['skip-tests']) print('Types and tests skipped, as asked.');
  else
    await inStep(print, 'Types and tests', () =>
      run(folder, ['scripts/run.mjs', 'scripts/test.ts'], environment),
    );
  await inStep(print, 'Service', () => refuseForeignService(work, options.force));
  const sent = { ...settings, ACCOUNT_SID: accountSid, AUTH_TOKEN: authToken };
  await inStep(print, 'Deploy', () => runToolkit(project, sent, suffix, environment));

  const deployment = await findDeployment(work, suffix);
  if (!deployment)
    throw new Remedy('The toolkit reported success, and nothing is deployed.', 'Run npm run doctor.');
  await ensureEventUrls(work, await findFlex(client), deployment);
  const base = `https://${deployment.domainName}`;
  print(
    `\nFunctions\n${deployment.functionPaths
      .map((path) => `  ${base}${path}`)
      .sort()
      .join('\n')}`,
  );
  print(`\nTry it       ${base}/index.html`);
  print(`On your site <script async src="${base}/chat.js"></script>`);
  print(`\nNext: npm run smoke -- ${base}`);
}

async function inStep(print: Print, name: string, work: () => Promise<void>): Promise<void> {
  print(`\n== ${name}`);
  await work();
}

/** A Service of the same name that serves other Functions is another project's: deploying would replace them. */
async function refuseForeignService(work: Work, isForced: boolean): Promise<void> {
  try {
    const serviceSid = await findServiceSid(work);
    if (!serviceSid || isForced) return;
    const present = await work.client.serverless.v1.services(serviceSid).functions.list();
    const ours = work.project.builtFunctions();
    if (present.length === 0 || present.some(({ friendlyName }) => ours.includes(friendlyName))) return;
    throw new Remedy(
      `The Service ${serviceSid} has our name and other Functions (${present.map(({ friendlyName }) => friendlyName).join(', ')}).`,
      'Change "name" in package.json, or replace them with npm run deploy -- --force.',
    );
  } catch (error) {
    throw explain(error, 'looking at the Serverless Service');
  }
}

/** The toolkit sends every line of the file it is given to the cloud, so it is not given `.env` itself. */
async function runToolkit(
  project: Project,
  values: Values,
  suffix: string,
  environment: CommandOptions['environment'],
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-'));
  try {
    const file = join(folder, 'settings.env');
    writeFileSync(file, mergeValues('', values), { mode: 0o600 });
    const target = suffix === '' ? ['--production'] : ['--environment', suffix];
    const args = ['deploy', '--env', file, '--override-existing-project', ...target];
    await run(project.folder, [require.resolve('twilio-run/bin/twilio-run.js'), ...args], environment);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function run(
  folder: string,
  args: string[],
  environment: CommandOptions['environment'],
): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
  if (code !== 0) throw new Remedy(`This step ended with code ${String(code)}.`, 'Its lines above say why.');
}

if (process.argv[1] === __filename) runCommand(deploy);
