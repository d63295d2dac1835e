/** `npm run doctor`: finds the common setup problems and suggests fixes. It changes nothing. */
import { parseArgs } from 'node:util';
import { findCredentials } from './account/credentials';
import { findFlex } from './account/flex';
import { connect, explain } from './account/twilio';
import { checkApiKey, checkService, checkWorkspace } from './checks/account';
import { checkDeployment } from './checks/deployment';
import {
  ok,
  printFinding,
  problem,
  type AccountSubject,
  type Finding,
  type LocalSubject,
} from './checks/finding';
import { checkFlow } from './checks/flow';
import { checkPush } from './checks/push';
import { checkRoles } from './checks/roles';
import { checkSettings } from './checks/settings';
import { checkTaskRouter } from './checks/taskrouter';
import { checkVersions } from './checks/versions';
import { Project } from './project';
import { suffixOf, TARGET_OPTIONS } from './target';
import { Remedy, runCommand, type CommandOptions } from './terminal';

const ACCOUNT_CHECKS = [
  checkService,
  checkRoles,
  checkApiKey,
  checkPush,
  checkWorkspace,
  checkFlow,
  checkTaskRouter,
  checkDeployment,
];

const USAGE = {
  command: 'npm run doctor',
  does: 'Checks .env, the account and the deployment, and suggests fixes. Changes nothing.',
  options: {
    json: { type: 'boolean', default: false, help: 'prints the findings as JSON' },
    ...TARGET_OPTIONS,
  },
} as const;

/** Returns the exit code: 1 if there is a problem; warnings alone give 0. */
export async function doctor({ folder, environment, args = [], print }: CommandOptions): Promise<number> {
  const { values } = parseArgs({
    args,
    options: USAGE.options,
  });
  const findings = await examine(new Project(folder), environment, suffixOf(values));
  if (values.json) print(JSON.stringify(findings, null, 2));
  else for (const finding of findings) printFinding(finding, print);
  return findings.some(({ status }) => status === 'problem') ? 1 : 0;
}

export async function examine(
  project: Project,
  environment: Record<string, string | undefined>,
  suffix?: string,
): Promise<Finding[]> {
  const local: LocalSubject = { project, env: project.env.read(), environment };
  const findings = [...checkVersions(local), ...checkSettings(local)];
  const { accountSid, authToken } = findCredentials(project, environment);
  if (!accountSid || !authToken) return findings;
  try {
    const client = connect(accountSid, authToken, accountSid, environment);
    const flex = await findFlex(client);
    findings.push(ok('account', `${accountSid} has Flex, and these credentials work.`));
    const subject: AccountSubject = {
      ...local,
      env: project.env.readWellFormed(),
      client,
      flex,
      ...(suffix !== undefined && { suffix }),
    };
    for (const check of ACCOUNT_CHECKS) findings.push(...(await check(subject)));
  } catch (error) {
    findings.push(toFinding(error));
  }
  return findings;
}

/** A failed check is also a problem, but a bug in the doctor itself is not hidden. */
function toFinding(error: unknown): Finding {
  const explained = explain(error, 'looking at the account');
  if (!(explained instanceof Remedy)) throw explained;
  return problem('account', explained.message, explained.remedy);
}

if (process.argv[1] === __filename) runCommand(doctor, USAGE);
