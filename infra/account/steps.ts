/** Shared by the steps of provisioning and teardown: the account, the project, and the report of each step. */
import type { Twilio } from 'twilio';
import type { Project } from '../project';
import type { Ask, Print } from '../terminal';
import { explain } from './twilio';

export interface Work {
  client: Twilio;
  project: Project;
  environment: Record<string, string | undefined>;
  isDryRun: boolean;
  print: Print;
  ask?: Ask;
}

/** `ok Studio Flow FW…`: one line for each resource that was found, created, changed or left unchanged. */
export function report({ print }: Work, verb: string, what: string): void {
  print(`  ${verb.padEnd(8)}${what}`);
}

/**
 * Makes a change and returns its result. A dry run only prints the plan and returns undefined. `verb` is a participle
 * (created, removed), `doing` completes "While …".
 */
export async function change<Result>(
  work: Work,
  what: { verb: string; doing: string; thing: string },
  act: () => Promise<Result>,
): Promise<Result | undefined> {
  if (work.isDryRun) {
    report(work, 'plan', `${what.thing}: to be ${what.verb}`);
    return undefined;
  }
  const result = await act().catch((error: unknown) => {
    throw explain(error, `${what.doing} ${what.thing}`);
  });
  report(work, what.verb, what.thing);
  return result;
}
