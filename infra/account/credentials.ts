/** Finds the account: from the environment first, then `.env`, then the Twilio CLI's active profile, then by a prompt. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Project } from '../project';
import { ask } from '../terminal';

export interface Credentials {
  accountSid: string;
  authToken: string;
}

type Environment = Record<string, string | undefined>;

/**
 * The values that are available without a prompt. An empty variable, as CI sets for a missing secret, counts as
 * missing.
 */
export function findCredentials(project: Project, environment: Environment): Partial<Credentials> {
  const env = project.env.read();
  return {
    accountSid:
      environment['ACCOUNT_SID'] ||
      environment['TWILIO_ACCOUNT_SID'] ||
      env['ACCOUNT_SID'] ||
      profileAccount(environment),
    authToken: environment['AUTH_TOKEN'] || environment['TWILIO_AUTH_TOKEN'] || env['AUTH_TOKEN'],
  };
}

export async function readCredentials(project: Project, environment: Environment): Promise<Credentials> {
  const found = findCredentials(project, environment);
  const accountSid = found.accountSid ?? (await ask('ACCOUNT_SID'));
  const authToken = found.authToken ?? (await ask(`AUTH_TOKEN of ${accountSid}`, { isSecret: true }));
  return { accountSid, authToken };
}

/**
 * The CLI stores an API key, and an API key cannot create another one. So the profile supplies only the account.
 * Source: public code twilio/twilio-cli-core src/services/config.js (~/.twilio-cli/config.json: activeProject, projects/profiles)
 */
function profileAccount(environment: Environment): string | undefined {
  const home = environment['HOME'] ?? homedir();
  try {
    const config = JSON.parse(readFileSync(join(home, '.twilio-cli', 'config.json'), 'utf8')) as {
      activeProject?: string;
      activeProfile?: string;
      projects?: Array<{ id: string; accountSid: string }>;
      profiles?: Record<string, { accountSid: string }>;
    };
    const active = environment['TWILIO_PROFILE'] ?? config.activeProfile ?? config.activeProject ?? '';
    return (
      config.profiles?.[active]?.accountSid ?? config.projects?.find(({ id }) => id === active)?.accountSid
    );
  } catch {
    return undefined;
  }
}
