/** The only reader of settings. It names everything that is missing or malformed at once, and never shows a value. */
import { ChatError } from '../http/errors.private';
import { SETTINGS, type Setting } from './settings.private';

type Table = typeof SETTINGS;
export type SettingName = keyof Table;
export type Config = { readonly [Name in SettingName]: ReturnType<Table[Name]['parse']> };

/** Reads the settings, or throws `misconfigured` with one problem per setting in its facts. */
export function loadConfig(env: object): Config {
  const given = env as Record<string, unknown>;
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(SETTINGS) as [SettingName, Setting<unknown>][]) {
    const value = textOf(given, name);
    if (value === undefined) {
      if (!('fallback' in setting)) problems.push(`${name} is missing${exampleOf(setting)}`);
      values[name] = setting.fallback;
      continue;
    }
    try {
      values[name] = setting.parse(value);
    } catch (error) {
      problems.push(`${name} ${(error as Error).message}`);
    }
  }
  const config = values as Config;
  problems.push(...conflictsIn(given, config));
  if (problems.length > 0) throw new ChatError('misconfigured', { facts: { problems } });
  return config;
}

/** Deploying leaves empty values out, so that an empty one means the same here as in the cloud: none. */
function textOf(given: Record<string, unknown>, name: SettingName): string | undefined {
  const value = given[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function exampleOf({ example }: Setting<unknown>): string {
  return example === '' ? '' : `, for example ${example}`;
}

/** What no setting can be blamed for alone. */
function conflictsIn(given: Record<string, unknown>, config: Config): string[] {
  const isSet = (name: SettingName): boolean => textOf(given, name) !== undefined;
  const conflicts: string[] = [];
  if (isSet('USER_TOKEN_SECRET') && isSet('USER_TOKEN_PUBLIC_KEY')) {
    conflicts.push('USER_TOKEN_SECRET and USER_TOKEN_PUBLIC_KEY exclude each other');
  }
  if (!isSet('SYNC_SERVICE_SID') && config.ANONYMOUS_STARTS_PER_MINUTE > 0) {
    conflicts.push('ANONYMOUS_STARTS_PER_MINUTE needs SYNC_SERVICE_SID');
  }
  if (isSet('HUMAN_CHECK_URL') !== isSet('HUMAN_CHECK_SECRET')) {
    conflicts.push('HUMAN_CHECK_URL and HUMAN_CHECK_SECRET need each other');
  }
  // The platform's own domains; a local server is called localhost. There the emulator is not.
  const isDeployed = typeof given['DOMAIN_NAME'] === 'string' && given['DOMAIN_NAME'].endsWith('.twil.io');
  for (const name of ['TWILIO_API_BASE_URL', 'TWILIO_REALTIME_URL'] as const) {
    if (isDeployed && isSet(name))
      conflicts.push(`${name} is for the emulator: remove it from what is deployed`);
  }
  return conflicts;
}
