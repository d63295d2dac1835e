/** The input and the output of a doctor's check. */
import type { Twilio } from 'twilio';
import type { Flex } from '../account/flex';
import type { Values } from '../env-file';
import type { Project } from '../project';
import { Remedy, type Print } from '../terminal';

export interface Finding {
  /** A short, stable name of what was checked. */
  check: string;
  status: 'ok' | 'warning' | 'problem';
  message: string;
  /** What to do; present for everything that is not ok. */
  remedy?: string;
}

/** The input of the local checks. */
export interface LocalSubject {
  project: Project;
  env: Values;
  environment: Record<string, string | undefined>;
}

/** The additional input of the account checks. */
export interface AccountSubject extends LocalSubject {
  client: Twilio;
  flex: Flex;
  /** The domain suffix of the Environment to check, if one was named. */
  suffix?: string;
}

export const ok = (check: string, message: string): Finding => ({ check, status: 'ok', message });

export const warning = (check: string, message: string, remedy: string): Finding => ({
  check,
  status: 'warning',
  message,
  remedy,
});

export const problem = (check: string, message: string, remedy: string): Finding => ({
  check,
  status: 'problem',
  message,
  remedy,
});

const LABELS = { ok: 'ok     ', warning: 'WARNING', problem: 'PROBLEM' };

export function printFinding({ check, status, message, remedy }: Finding, print: Print): void {
  print(`${LABELS[status]} ${check.padEnd(18)} ${message}`);
  if (remedy) print(`${' '.repeat(27)}-> ${remedy}`);
}

/** For commands that use `.env`: prints warnings about its lines, and stops if there are problems. */
export function stopAtProblems(findings: Finding[], print: Print, next: string): void {
  for (const finding of findings)
    if (finding.check === 'env-lines' && finding.status === 'warning') printFinding(finding, print);
  const problems = findings.filter(({ status }) => status === 'problem');
  if (problems.length === 0) return;
  const lines = problems.flatMap(({ message, remedy }) => [message, `  -> ${remedy}`]);
  throw new Remedy(lines.join('\n         '), next);
}
