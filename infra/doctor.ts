/** `npm run doctor`: reads and changes nothing; a line for everything that goes wrong in practice, with its remedy. */
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
import { checkSettings } from './checks/settings';
import { checkVersions } from './checks/versions';
import { Project } from './project';
import { Remedy, runCommand, type CommandOptions } from './terminal';

const ACCOUNT_CHECKS = [checkService, checkApiKey, checkWorkspace, checkFlow, checkDeployment];

/** Answers with the exit code: 1 where there is a problem; warnings alone are 0. */
export async function doctor({ folder, environment, args = [], print }: CommandOptions): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean', default: false },
      environment: { type: 'string' },
      production: { type: 'boolean', default: false },
    },
  });
  const findings = await examine(
    new Project(folder),
    environment,
    values.production ? '' : values.environment,
  );
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
  const client = connect(accountSid, authToken, accountSid, environment);
  try {
    const flex = await findFlex(client);
    findings.push(ok('account', `${accountSid} has Flex, and these credentials open it.`));
    const subject: AccountSubject = { ...local, client, flex, ...(suffix !== undefined && { suffix }) };
    for (const check of ACCOUNT_CHECKS) findings.push(...(await check(subject)));
  } catch (error) {
    findings.push(toFinding(error));
  }
  return findings;
}

/** What cannot be looked at is a problem too; a defect of the doctor itself is not hidden behind it. */
function toFinding(error: unknown): Finding {
  const explained = explain(error, 'looking at the account');
  if (!(explained instanceof Remedy)) throw explained;
  return problem('account', explained.message, explained.remedy);
}

if (process.argv[1] === __filename) runCommand(doctor);
