/** `npm run deploy`: builds, checks, deploys with Twilio's toolkit, and prints the line to put on your site. */
import { parseArgs } from 'node:util';
import { readCredentials } from './account/credentials';
import { findDeployments, findService } from './account/deployment';
import { ensureEventUrls } from './account/event-registration';
import { findFlex } from './account/flex';
import type { Work } from './account/steps';
import { connect, explain } from './account/twilio';
import { removeStaleVariables } from './account/variables';
import { stopAtProblems } from './checks/finding';
import { settingsToDeploy } from './deployed-settings';
import { examine } from './doctor';
import { Project } from './project';
import { suffixOf, TARGET_OPTIONS } from './target';
import { Remedy, runCommand, type CommandOptions, type Print } from './terminal';
import { runNode, runToolkit } from './toolkit';

const DEFAULT_SUFFIX = 'dev';
/** Problems that a deploy solves. */
const SOLVED_BY_DEPLOY = ['deployment', 'event-urls', 'variables'];

const USAGE = {
  command: 'npm run deploy',
  does: "Checks, builds and deploys with Twilio's toolkit, to dev by default.",
  options: {
    ...TARGET_OPTIONS,
    'take-events': { type: 'boolean', default: false, help: 'takes the events of another Environment' },
    'skip-tests': { type: 'boolean', default: false, help: 'deploys without running npm test first' },
    force: {
      type: 'boolean',
      default: false,
      help: 'replaces the Functions of another project in a Service with this name',
    },
  },
} as const;

export async function deploy({ folder, environment, args = [], print }: CommandOptions): Promise<void> {
  const { values: options } = parseArgs({
    args,
    options: USAGE.options,
  });
  const suffix = suffixOf(options) ?? DEFAULT_SUFFIX;
  const project = new Project(folder);
  const { accountSid, authToken } = await readCredentials(project, environment);
  const client = connect(accountSid, authToken, accountSid, environment);
  const work: Work = { client, project, environment, isDryRun: false, print };

  // Read once, so that the deployed settings are the checked ones, even if .env changes in the meantime.
  const settings = settingsToDeploy(project.env.read());
  await inStep(print, 'Settings and account', async () => {
    const findings = await examine(project, environment, suffix);
    const lasting = findings.filter(({ check }) => !SOLVED_BY_DEPLOY.includes(check));
    stopAtProblems(lasting, print, 'npm run doctor lists all problems.');
  });
  await inStep(print, 'Build', () => runNode(folder, ['scripts/run.mjs', 'scripts/build.ts'], environment));
  if (project.builtFunctions().length === 0)
    throw new Remedy('The build contains no Function.', 'Check src/functions.');
  if (options['skip-tests']) print('Types and tests skipped (--skip-tests).');
  else
    await inStep(print, 'Types and tests', () =>
      runNode(folder, ['scripts/run.mjs', 'scripts/test.ts'], environment),
    );
  await inStep(print, 'Service', () => refuseForeignService(work, options.force));
  const sent = { ...settings, ACCOUNT_SID: accountSid, AUTH_TOKEN: authToken };
  await inStep(print, 'Deploy', () => runToolkit(project, sent, suffix, environment));

  const deployments = await findDeployments(work);
  const deployment = deployments.find((one) => one.suffix === suffix);
  if (!deployment)
    throw new Remedy('The toolkit reported success, but nothing is deployed.', 'Run npm run doctor.');
  await removeStaleVariables(work, deployment, Object.keys(settings));
  const mayTake = options['take-events'];
  await ensureEventUrls(work, await findFlex(client), { deployment, deployments, mayTake });
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

/** A Service with the same name and other Functions belongs to another project: deploying would replace them. */
async function refuseForeignService(work: Work, isForced: boolean): Promise<void> {
  try {
    const serviceSid = (await findService(work))?.sid;
    if (!serviceSid || isForced) return;
    const present = await work.client.serverless.v1.services(serviceSid).functions.list();
    const ours = work.project.builtFunctions();
    if (present.length === 0 || present.some(({ friendlyName }) => ours.includes(friendlyName))) return;
    throw new Remedy(
      `The Service ${serviceSid} has the same name and other Functions (${present.map(({ friendlyName }) => friendlyName).join(', ')}).`,
      'Change "name" in package.json, or replace the Functions with npm run deploy -- --force.',
    );
  } catch (error) {
    throw explain(error, 'looking at the Serverless Service');
  }
}

if (process.argv[1] === __filename) runCommand(deploy, USAGE);
