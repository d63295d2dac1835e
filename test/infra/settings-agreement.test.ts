/** For any `.env`: the doctor reports what the deployed Functions will report, and a deploy uses the checked settings. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import fc from 'fast-check';
import { checkSettings } from '../../infra/checks/settings';
import { DEPLOYED_SETTINGS, settingsToDeploy } from '../../infra/deployed-settings';
import { EnvFile } from '../../infra/env-file';
import { Project } from '../../infra/project';
import { toolkitInput } from '../../infra/toolkit';
import { loadConfig } from '../../src/assets/settings/config.private';
import { SETTING_NAMES, SETTINGS } from '../../src/assets/settings/settings.private';

const toolkit = require('twilio-run/dist/config/utils/env') as {
  readLocalEnvFile(flags: {
    cwd: string;
    env: string;
    loadSystemEnv: boolean;
  }): Promise<{ localEnv: Record<string, string> }>;
  filterEnvVariablesForDeploy(env: Record<string, string>): Record<string, string>;
};

const RUNS = 300;
const root = join(__dirname, '..', '..');
const embedded = new EnvFile(join(root, '.env.emulator')).read();
const REQUIRED = SETTING_NAMES.filter((name) => !('fallback' in SETTINGS[name]));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The Functions' settings when the toolkit deploys this file; the platform adds the account. */
async function inCloud(text: string, loadSystemEnv = false): Promise<Record<string, string>> {
  writeFileSync(join(folder, 'deployed.env'), text);
  const { localEnv } = await toolkit.readLocalEnvFile({ cwd: folder, env: 'deployed.env', loadSystemEnv });
  const { ACCOUNT_SID = '', AUTH_TOKEN = '' } = localEnv;
  return { ...toolkit.filterEnvVariablesForDeploy(localEnv), ACCOUNT_SID, AUTH_TOKEN };
}

/** The same, when `npm run deploy` starts the toolkit with this input. */
async function deployed(settings: Record<string, string>): Promise<Record<string, string>> {
  const { file, environment } = toolkitInput(settings);
  const before = { ...process.env };
  Object.assign(process.env, environment);
  try {
    return await inCloud(file, true);
  } finally {
    for (const name of Object.keys(environment)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}

function problemsOf(values: Record<string, string>): string[] {
  const loaded = loadConfig({ ...values, DOMAIN_NAME: 'flex-custom-chat-1234-dev.twil.io' });
  return 'problems' in loaded ? loaded.problems.map(({ message }) => message) : [];
}

const settingLine = fc.constantFrom(...SETTING_NAMES).chain((name) =>
  fc
    .tuple(
      fc.constantFrom(
        ...[embedded[name] ?? SETTINGS[name].example, SETTINGS[name].example, '', 'abc', '9-5', '0', 'true'],
        ...[`IG${'0'.repeat(32)}`, 's'.repeat(32), 'https://check.test/', `s${'#'.repeat(32)}`, "it's", '*'],
      ),
      fc.constantFrom<(value: string) => string>(
        (value) => `${name}=${value}`,
        (value) => `${name}=${value}`,
        (value) => `  ${name} = ${value}  `,
        (value) => `${name}='${value}'`,
        (value) => `${name}="${value}"`,
        (value) => `${name}="${value}`,
        (value) => `${name}="${value}\nmore=\n"`,
        (value) => `${name}=${value} # a note`,
        (value) => `${name}=\\n${value}`,
        (value) => `export ${name}=${value}`,
        (value) => `# ${name}=${value}`,
        (value) => `${name}: ${value}`,
        (value) => `${name.toLowerCase()}=${value}`,
        (value) => `TWILIO_${name}=${value}`,
        () => name,
      ),
    )
    .map(([value, write]) => write(value)),
);
const anyEnv = fc
  .tuple(
    fc.subarray(REQUIRED, { minLength: REQUIRED.length - 1 }),
    fc.array(settingLine, { maxLength: 4 }),
    fc.boolean(),
  )
  .map(([present, lines, isFirst]) => {
    const good = present.map((name) => `${name}=${embedded[name]}`);
    return (isFirst ? [...good, ...lines] : [...lines, ...good]).join('\n');
  });

it('the doctor and loadConfig agree, and the doctor names the line', async () => {
  const seen = { right: 0, wrong: 0 };
  await fc.assert(
    fc.asyncProperty(anyEnv, async (text) => {
      writeFileSync(join(folder, '.env'), text);
      const project = new Project(folder);

      const findings = checkSettings({ project, env: project.env.read(), environment: {} });

      const found = findings.filter(({ check, status }) => check === 'settings' && status === 'problem');
      const expected = problemsOf(await inCloud(text));
      expect(found.map(({ message }) => message.replace(/( \(\.env, line [\d and]+\))?\.$/, ''))).toEqual(
        expected,
      );
      for (const { message } of found) {
        const [name] = message.split(' ');
        const [, line] = / \(\.env, line (\d+)/.exec(message) ?? [];
        if (line !== undefined) expect(text.split('\n')[Number(line) - 1]).toMatch(/[A-Z_]+\s*[:=]/);
        if (Object.hasOwn(parse(text), name!)) expect(line).toBeDefined();
      }
      seen[expected.length > 0 ? 'wrong' : 'right']++;
    }),
    { numRuns: RUNS },
  );
  expect(Math.min(seen.right, seen.wrong)).toBeGreaterThan(RUNS / 20);
});

it('the settings that npm run deploy passes to the toolkit pass the same checks, and nothing else is passed', async () => {
  await fc.assert(
    fc.asyncProperty(anyEnv, async (text) => {
      writeFileSync(join(folder, '.env'), `${text}\nSHOP_DATABASE_URL=postgres://x\n`);
      const { ACCOUNT_SID, AUTH_TOKEN, ...values } = new EnvFile(join(folder, '.env')).read();
      const account = { ACCOUNT_SID: ACCOUNT_SID ?? '', AUTH_TOKEN: AUTH_TOKEN ?? '' };

      const cloud = await deployed({ ...settingsToDeploy(values), ...account });

      const { ACCOUNT_SID: _account, AUTH_TOKEN: _token, ...variables } = cloud;
      expect(variables).toEqual(settingsToDeploy(values));
      expect(DEPLOYED_SETTINGS).toEqual(expect.arrayContaining(Object.keys(variables)));
      const isOfEmulator = (problem: string) => /^TWILIO_(API_BASE|REALTIME)_URL /.test(problem);
      expect(problemsOf(cloud)).toEqual(
        problemsOf(await inCloud(text)).filter((problem) => !isOfEmulator(problem)),
      );
    }),
    { numRuns: RUNS },
  );
});
