/** The settings in `.env`, checked as the deployed Functions check them. No value is printed, except origins. */
import { loadConfig, type SettingProblem } from '../../src/assets/settings/config.private';
import { SETTINGS, type SettingName } from '../../src/assets/settings/settings.private';
import { DEPLOYED_SETTINGS, MACHINE_VARIABLES } from '../deployed-settings';
import type { EnvFile, Values } from '../env-file';
import { checkLines } from './env-lines';
import { ok, problem, warning, type Finding, type LocalSubject } from './finding';

/** Where the Functions run: in the cloud they reject the emulator's settings. */
type Place = 'cloud' | 'here';
const DOMAIN_NAMES: Record<Place, string> = { cloud: 'flex-custom-chat.twil.io', here: 'localhost' };

/** Source: openapi serverless_v1 (Value of a Variable). An RSA public key in PEM form has one byte more. */
const MAX_VALUE_BYTES = 450;

export function checkSettings({ project: { env: file } }: LocalSubject): Finding[] {
  if (!file.exists) return [problem('settings', '.env does not exist.', 'npm run provision writes it.')];
  const values = file.read();
  return [
    ...checkConfig(file, 'cloud'),
    ...checkLines(file),
    ...checkMachine(file, values),
    ...checkSizes(file, values),
    ...checkOrigins(values),
  ];
}

/** The result of `loadConfig` for this file, one finding for each problem. */
export function checkConfig(file: EnvFile, place: Place): Finding[] {
  const loaded = loadConfig({ ...file.read(), DOMAIN_NAME: DOMAIN_NAMES[place] });
  if ('config' in loaded) return [ok('settings', 'Every setting is valid.')];
  return loaded.problems.map((one) => {
    const places = one.settings.map((name) => ({ name, line: file.lineOf(name) }));
    const lines = places.flatMap(({ line }) => (line === undefined ? [] : [line]));
    const where = lines.length > 0 ? ` (${file.name}, line ${lines.join(' and ')})` : '';
    return problem('settings', `${one.message}${where}.`, remedyFor(one, places, file.name));
  });
}

function remedyFor(
  { kind, settings: [name] }: SettingProblem,
  places: { name: SettingName; line: number | undefined }[],
  fileName: string,
): string {
  const { meaning, example } = SETTINGS[name!];
  const line = places[0]!.line;
  const wanted = `${name}=${example || '…'} (${meaning})`;
  if (kind === 'malformed') return `Change line ${line}, for example: ${wanted}`;
  if (kind === 'missing') {
    const where = line === undefined ? `a line to ${fileName}` : `the value in line ${line}`;
    return `npm run provision fills in what it can find. Or add ${where}: ${wanted}`;
  }
  const states = places.map((one) =>
    one.line === undefined ? `${one.name} is not in ${fileName}` : `${one.name} is in line ${one.line}`,
  );
  return `${states.join(', ')}: change or remove one. .env.example explains each.`;
}

function checkMachine(file: EnvFile, values: Values): Finding[] {
  const found = MACHINE_VARIABLES.filter((name) => values[name] !== undefined);
  if (found.length === 0) return [ok('emulator-settings', 'No setting is for this machine only.')];
  const lines = found.map((name) => file.lineOf(name)).join(', ');
  return [
    problem(
      'emulator-settings',
      `${file.name} sets ${found.join(', ')}, which works only on this machine.`,
      `Remove line ${lines}: set it in the terminal instead.`,
    ),
  ];
}

function checkSizes(file: EnvFile, values: Values): Finding[] {
  return DEPLOYED_SETTINGS.filter((name) => Buffer.byteLength(values[name] ?? '') > MAX_VALUE_BYTES).map(
    (name) =>
      problem(
        'value-sizes',
        `${name} has more than ${MAX_VALUE_BYTES} bytes; Twilio rejects it.`,
        `Shorten line ${file.lineOf(name)}. For USER_TOKEN_PUBLIC_KEY use a P-256 key (ES256), which takes 178 bytes.`,
      ),
  );
}

/** Well-formed values that do not suit a site. */
function checkOrigins({ ALLOWED_ORIGINS: value = '' }: Values): Finding[] {
  const listed = originsIn(value);
  if (!listed) return [];
  // This entry admits callers without an origin (apps, servers) and does not concern pages.
  const origins = listed.filter((origin) => origin !== 'no-origin');
  const remedy =
    'Set ALLOWED_ORIGINS to the origins of your site, for example https://www.yourshop.com, separated by commas.';
  const open = origins.filter((origin) => origin.startsWith('http:') && !isLocal(origin));
  if (open.length > 0)
    return [warning('allowed-origins', `${open.join(', ')} is not encrypted.`, 'Use https.')];
  if (origins.some((origin) => /\bexample\.com$/.test(origin))) {
    return [warning('allowed-origins', 'ALLOWED_ORIGINS still has the example value.', remedy)];
  }
  if (origins.length === 0)
    return [ok('allowed-origins', "Apps may chat, and no pages except the deployment's own.")];
  if (origins.includes('loopback'))
    return [warning('allowed-origins', "loopback admits pages of every visitor's own machine.", remedy)];
  if (origins.every(isLocal))
    return [warning('allowed-origins', 'Only pages on this machine may chat.', remedy)];
  return [ok('allowed-origins', `Pages of ${origins.join(', ')} may chat.`)];
}

/** Undefined if the setting itself is missing or malformed, which has a separate finding. */
function originsIn(value: string): readonly string[] | undefined {
  try {
    return SETTINGS.ALLOWED_ORIGINS.parse(value);
  } catch {
    return undefined;
  }
}

function isLocal(origin: string): boolean {
  return origin === 'loopback' || /^https?:\/\/(localhost|127(\.\d{1,3}){3})(:\d+)?$/.test(origin);
}
