/** The settings of the local Functions for the emulator, with the ports and origins of this run. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { loadConfig, type SettingProblem } from '../src/assets/settings/config.private';
import { isSettingName, SETTINGS, type Setting } from '../src/assets/settings/settings.private';
import { settingMeantBy } from '../infra/checks/env-lines';
import { mergeValues, type EnvFile, type Values } from '../infra/env-file';
import { didYouMean } from '../infra/nearest-name';
import { Remedy } from '../infra/terminal';

export interface LocalRun {
  functionsPort: number;
  emulatorUrl: string;
  /** Where browsers reach the emulator, for example `ws://192.168.1.20:4010`. */
  realtimeUrl: string;
  /** Allowed besides the pages of this machine. */
  origins: readonly string[];
  /** Of `--set`. */
  settings: Values;
}

const LIST = '.env.example lists every setting, with an example.';

/** The values of `--set NAME=value`, valid together with those of the embedded account. */
export function readSettings(given: readonly string[], embedded: EnvFile): Values {
  const settings = Object.fromEntries(given.map(toSetting));
  const names = Object.keys(settings);
  const loaded = loadConfig({ ...embedded.read(), ...settings, DOMAIN_NAME: 'localhost' });
  const problems = 'problems' in loaded ? loaded.problems : [];
  const [problem] = problems;
  if (!problem) return settings;
  const nameOf = ({ settings: concerned }: SettingProblem): string =>
    concerned.find((one) => names.includes(one)) ?? names[0]!;
  const messages = problems.map((one) => `--set ${nameOf(one)}: ${one.message}.`);
  const name = nameOf(problem);
  const { example } = SETTINGS[name as keyof typeof SETTINGS];
  const remedy = problem.kind === 'malformed' ? `For example: --set '${name}=${example}'. ${LIST}` : LIST;
  throw new Remedy(messages.join('\n         '), remedy);
}

function toSetting(text: string): [string, string] {
  const [, name, value] = /^([^=]*)=([^]*)$/.exec(text) ?? [undefined, text, undefined];
  if (!isSettingName(name!)) {
    throw new Remedy(`--set: no setting is called ${name}.${didYouMean(settingMeantBy(name!, {}))}`, LIST);
  }
  if (value === undefined)
    throw new Remedy(`--set ${name} has no value.`, `Write --set ${name}=value. ${LIST}`);
  const { scope }: Setting<unknown> = SETTINGS[name];
  if (scope !== undefined) {
    throw new Remedy(`--set ${name}: npm start sets it itself, for the emulator.`, 'Leave it out.');
  }
  if (parse(mergeValues('', { [name]: value }))[name] !== value) {
    throw new Remedy(
      `--set ${name}: the value cannot be written as a line of a .env file.`,
      'Use line breaks, or \\n, but not both.',
    );
  }
  return [name, value];
}

/** Returns the file that twilio-run reads. It contains no secrets: the embedded account is public. */
export function writeLocalSettings(
  root: string,
  embedded: EnvFile,
  { functionsPort, emulatorUrl, realtimeUrl, origins, settings }: LocalRun,
): string {
  const allowed = [settings['ALLOWED_ORIGINS'] || embedded.read()['ALLOWED_ORIGINS'], ...origins].join(',');
  const text = mergeValues(embedded.text(), {
    ...settings,
    ALLOWED_ORIGINS: allowed,
    TWILIO_API_BASE_URL: emulatorUrl,
    TWILIO_REALTIME_URL: `${realtimeUrl}/v3/wsconnect`,
  });
  const folder = join(root, '.emulator');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `functions-${functionsPort}.env`);
  writeFileSync(file, text);
  return file;
}
