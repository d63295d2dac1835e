/** The only reader of settings. It reports all missing and malformed settings at once, and never a value. */
import { isSet, SETTING_NAMES, SETTINGS, type Setting, type SettingName } from './settings.private';

type Table = typeof SETTINGS;
export type Config = { readonly [Name in SettingName]: ReturnType<Table[Name]['parse']> };

export interface SettingProblem {
  kind: 'missing' | 'malformed' | 'conflict';
  /** Several for a conflict between settings. */
  settings: readonly SettingName[];
  /** A sentence that begins with the setting's name. */
  message: string;
}

export type LoadedConfig = { config: Config } | { problems: readonly SettingProblem[] };

/** `env`: the platform passes it to a Function as the context; other members are ignored. */
export function loadConfig(env: object): LoadedConfig {
  const given = env as Record<string, unknown>;
  const problems: SettingProblem[] = [];
  const values: Record<string, unknown> = {};
  const hasStudio = given['ROUTING'] !== 'interactions';
  for (const name of SETTING_NAMES) {
    const setting: Setting<unknown> = SETTINGS[name];
    const value = given[name];
    if (!isSet(name, value)) {
      if (!('fallback' in setting) && (hasStudio || !setting.isOfStudio)) {
        problems.push({
          kind: 'missing',
          settings: [name],
          message: `${name} is missing${exampleOf(setting)}`,
        });
      }
      values[name] = setting.fallback;
      continue;
    }
    try {
      values[name] = setting.parse(value);
    } catch (error) {
      problems.push({
        kind: 'malformed',
        settings: [name],
        message: `${name} ${(error as Error).message}`,
      });
    }
  }
  const config = values as Config;
  problems.push(...conflictsIn(given, config));
  return problems.length > 0 ? { problems } : { config };
}

function exampleOf({ example }: Setting<unknown>): string {
  return example === '' ? '' : `, for example ${example}`;
}

function conflictsIn(given: Record<string, unknown>, config: Config): SettingProblem[] {
  const has = (name: SettingName): boolean => isSet(name, given[name]);
  const conflicts: SettingProblem[] = [];
  const add = (settings: SettingName[], message: string) =>
    conflicts.push({ kind: 'conflict', settings, message });
  if (has('USER_TOKEN_SECRET') && has('USER_TOKEN_PUBLIC_KEY')) {
    add(
      ['USER_TOKEN_SECRET', 'USER_TOKEN_PUBLIC_KEY'],
      'USER_TOKEN_SECRET and USER_TOKEN_PUBLIC_KEY exclude each other: remove one',
    );
  }
  if (config.ROUTING === 'interactions' && !has('TASKROUTER_WORKFLOW_SID')) {
    add(['ROUTING', 'TASKROUTER_WORKFLOW_SID'], 'ROUTING=interactions needs TASKROUTER_WORKFLOW_SID');
  }
  if (!has('SYNC_SERVICE_SID') && config.ANONYMOUS_STARTS_PER_MINUTE > 0) {
    add(
      ['ANONYMOUS_STARTS_PER_MINUTE', 'SYNC_SERVICE_SID'],
      'ANONYMOUS_STARTS_PER_MINUTE needs SYNC_SERVICE_SID: set it, or remove the limit',
    );
  }
  if (has('HUMAN_CHECK_URL') !== has('HUMAN_CHECK_SECRET')) {
    add(
      ['HUMAN_CHECK_URL', 'HUMAN_CHECK_SECRET'],
      'HUMAN_CHECK_URL and HUMAN_CHECK_SECRET need each other: set both or neither',
    );
  }
  if (has('SITE_HOOK_URL') !== has('SITE_HOOK_SECRET')) {
    add(
      ['SITE_HOOK_URL', 'SITE_HOOK_SECRET'],
      'SITE_HOOK_URL and SITE_HOOK_SECRET need each other: set both or neither',
    );
  }
  if (config.TRANSCRIPTS && !has('SITE_HOOK_URL')) {
    add(['TRANSCRIPTS', 'SITE_HOOK_URL'], 'TRANSCRIPTS needs SITE_HOOK_URL: set it, or remove TRANSCRIPTS');
  }
  if (config.LEAVE_MESSAGE_TO === 'task' && !has('LEAVE_MESSAGE_WORKFLOW_SID')) {
    add(
      ['LEAVE_MESSAGE_TO', 'LEAVE_MESSAGE_WORKFLOW_SID'],
      'LEAVE_MESSAGE_TO=task needs LEAVE_MESSAGE_WORKFLOW_SID',
    );
  }
  if (config.LEAVE_MESSAGE_TO === 'hook' && !has('SITE_HOOK_URL')) {
    add(['LEAVE_MESSAGE_TO', 'SITE_HOOK_URL'], 'LEAVE_MESSAGE_TO=hook needs SITE_HOOK_URL');
  }
  // The platform's own domains; a local server is called localhost. The emulator does not run on the platform.
  const isDeployed = typeof given['DOMAIN_NAME'] === 'string' && given['DOMAIN_NAME'].endsWith('.twil.io');
  for (const name of SETTING_NAMES.filter((one) => SETTINGS[one].scope === 'emulator')) {
    if (isDeployed && has(name)) {
      add([name], `${name} is only for the emulator: remove it from the deployment`);
    }
  }
  return conflicts;
}
