/** `.env`: everything there, of the right kind, and fit for the cloud. No value is shown but SIDs and origins. */
import { EMULATOR_SETTINGS } from '../project';
import { ok, problem, warning, type Finding, type LocalSubject } from './finding';

/** What people paste where something else belongs. */
const KINDS: Record<string, string> = {
  AC: 'an Account',
  CH: 'a Conversation',
  FO: 'a (legacy) Flex Flow',
  FW: 'a Studio Flow',
  IG: 'a Conversations Address',
  IS: 'a Conversations Service',
  MG: 'a Messaging Service',
  SK: 'an API key',
  TC: 'a TaskChannel',
  WQ: 'a TaskQueue',
  WS: 'a Workspace',
  WW: 'a Workflow',
  ZS: 'a Serverless Service',
};

const SID_SETTINGS: Record<string, string> = {
  ACCOUNT_SID: 'AC',
  TWILIO_API_KEY_SID: 'SK',
  CONVERSATIONS_SERVICE_SID: 'IS',
  STUDIO_FLOW_SID: 'FW',
  TASKROUTER_WORKSPACE_SID: 'WS',
  MESSAGING_SERVICE_SID: 'MG',
  SYNC_SERVICE_SID: 'IS',
};

/** Source: openapi serverless_v1 (Value of a Variable). An RSA public key in PEM form has one byte more. */
const MAX_VALUE_BYTES = 450;

export function checkSettings(subject: LocalSubject): Finding[] {
  const { project, env } = subject;
  if (!project.env.exists) {
    return [problem('settings', 'There is no .env.', 'npm run provision writes it.')];
  }
  return [
    ...checkPresence(subject),
    ...checkKinds(env),
    ...checkEmulator(env),
    ...checkSizes(env),
    checkOrigins(env),
  ];
}

function checkPresence({ project, env }: LocalSubject): Finding[] {
  const missing = project.requiredSettings().filter((name) => env[name] === undefined);
  const known = new Set([...project.settingNames(), ...EMULATOR_SETTINGS]);
  const unknown = Object.keys(env).filter((name) => !known.has(name));
  const findings: Finding[] = [];
  if (missing.length > 0) {
    findings.push(
      problem(
        'settings',
        `.env does not set ${missing.join(', ')}.`,
        'npm run provision fills in what it can find.',
      ),
    );
  }
  if (unknown.length > 0) {
    const remedy =
      'Correct the spelling (.env.example has every name), or remove it: all of .env is deployed.';
    findings.push(warning('settings', `.env sets ${unknown.join(', ')}, which no Function reads.`, remedy));
  }
  return findings.length > 0 ? findings : [ok('settings', 'Every required setting is there.')];
}

function checkKinds(env: LocalSubject['env']): Finding[] {
  const wrong = Object.entries(SID_SETTINGS).flatMap(([name, prefix]) => {
    const value = env[name];
    if (value === undefined || new RegExp(`^${prefix}[0-9a-f]{32}$`).test(value)) return [];
    const kind = /^[A-Z]{2}[0-9a-f]{32}$/.test(value) ? KINDS[value.slice(0, 2)] : undefined;
    const what = kind ? `is the SID of ${kind}` : 'is not a SID';
    const remedy = `It must be the SID of ${KINDS[prefix]}, ${prefix} and 32 hexadecimal digits. Clear it and run npm run provision.`;
    return [problem('sid-kinds', `${name} ${what}.`, remedy)];
  });
  return wrong.length > 0 ? wrong : [ok('sid-kinds', 'Every SID is of the kind that its name says.')];
}

function checkEmulator(env: LocalSubject['env']): Finding[] {
  const found = EMULATOR_SETTINGS.filter((name) => env[name] !== undefined);
  if (found.length === 0) return [ok('emulator-settings', 'No setting of the emulator would be deployed.')];
  const remedy = 'Remove it: .env is for the account. The emulator has .env.emulator.';
  return [
    problem('emulator-settings', `.env sets ${found.join(', ')}, which works on this machine only.`, remedy),
  ];
}

function checkSizes(env: LocalSubject['env']): Finding[] {
  const large = Object.keys(env).filter((name) => Buffer.byteLength(env[name]!) > MAX_VALUE_BYTES);
  if (large.length === 0) return [];
  const remedy = 'Shorten it. For USER_TOKEN_PUBLIC_KEY use a P-256 key (ES256), which takes 178 bytes.';
  return [
    problem(
      'value-sizes',
      `${large.join(', ')} has more than ${MAX_VALUE_BYTES} bytes; Twilio refuses it.`,
      remedy,
    ),
  ];
}

function checkOrigins(env: LocalSubject['env']): Finding {
  const listed = (env['ALLOWED_ORIGINS'] ?? '').split(',').map((origin) => origin.trim());
  // Lets in callers without an origin (apps, servers); it says nothing about pages.
  const origins = listed.filter((origin) => origin !== 'no-origin');
  const remedy =
    'Set ALLOWED_ORIGINS to the origins of your site, for example https://www.yourshop.com, separated by commas.';
  const wrong = origins.filter((origin) => !/^https?:\/\/(\*\.)?[a-z0-9.-]+(:\d+)?$/.test(origin));
  if (wrong.length > 0)
    return problem('allowed-origins', `ALLOWED_ORIGINS has ${wrong.join(', ') || 'an empty part'}.`, remedy);
  const open = origins.filter((origin) => origin.startsWith('http:') && !isLocal(origin));
  if (open.length > 0)
    return warning('allowed-origins', `${open.join(', ')} is not encrypted.`, 'Use https.');
  if (origins.some((origin) => /\bexample\.com$/.test(origin))) {
    return warning('allowed-origins', 'ALLOWED_ORIGINS still has the example.', remedy);
  }
  if (origins.length === 0)
    return ok('allowed-origins', "Apps may chat, and no page but the deployment's own.");
  if (origins.every(isLocal))
    return warning('allowed-origins', 'Only pages on this machine may chat.', remedy);
  return ok('allowed-origins', `Pages of ${origins.join(', ')} may chat.`);
}

function isLocal(origin: string): boolean {
  return /^https?:\/\/(localhost|127(\.\d{1,3}){3})(:\d+)?$/.test(origin);
}
