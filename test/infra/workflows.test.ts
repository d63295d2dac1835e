/** The CI workflows: pinned, and with minimal permissions. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { SETTING_NAMES } from '../../src/assets/settings/settings.private';

const folder = join(__dirname, '..', '..', '.github', 'workflows');

describe.each(readdirSync(folder))('%s', (file) => {
  const text = readFileSync(join(folder, file), 'utf8');

  it('pins every action by commit, with the version as a comment', () => {
    const uses = [...text.matchAll(/uses: (.*)/g)].map((match) => match[1]);

    expect(uses.length).toBeGreaterThan(0);
    for (const one of uses) expect(one).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('starts without permissions, and gives its jobs read access at most, but for a release', () => {
    expect(text).toMatch(/^permissions: \{\}$/m);
    // The release is what is written.
    const written = file === 'release.yml' ? ['contents: write'] : [];
    expect([...text.matchAll(/\w+: write/g)].map(([permission]) => permission)).toEqual(written);
    expect(text.match(/persist-credentials: false/g)).toHaveLength(text.match(/actions\/checkout@/g)!.length);
  });

  it('puts no expression into a shell script', () => {
    const scripts = [...text.matchAll(/run: (?:\|\n(?: {10}.*\n)+|.*)/g)].map((match) => match[0]);

    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).not.toContain('${{');
  });
});

it('gives secrets only to the job that deploys, after the tests', () => {
  const text = readFileSync(join(folder, 'deploy.yml'), 'utf8');
  const [before, after] = text.split('\n  deploy:\n');

  expect(before).not.toContain('secrets.');
  expect(after).toMatch(/needs: test/);
  expect(after!.indexOf('npm ci')).toBeLessThan(after!.indexOf('secrets.'));
});

it('passes every secret of the settings table on, by its own name', () => {
  const text = readFileSync(join(folder, 'deploy.yml'), 'utf8');
  const secrets = SETTING_NAMES.filter((name) => /_(SECRET|TOKEN)$/.test(name)).sort();

  const given = [...text.matchAll(/^ +SECRET_(\w+): \$\{\{ secrets\.\1 \}\}$/gm)].map(([, name]) => name);

  expect(given.sort()).toEqual(secrets);
  expect(text.match(/secrets\./g)).toHaveLength(secrets.length);
});

describe('the deploy job', () => {
  const text = readFileSync(join(folder, 'deploy.yml'), 'utf8');
  const script = /run: \|\n((?: {10}.*\n)*? {10}npm run deploy .*\n)/.exec(text)![1]!;
  const optionsFor = (variables: Record<string, string>): string =>
    execFileSync('bash', ['-ec', `npm() { echo "$@"; }\n${script}`], { env: variables })
      .toString()
      .trim();

  it.each([
    [{ TARGET: 'dev', TAKE_EVENTS: 'false' }, 'run deploy -- --skip-tests --environment dev'],
    [{ TARGET: 'production', TAKE_EVENTS: 'false' }, 'run deploy -- --skip-tests --production'],
    [{ TARGET: 'production', TAKE_EVENTS: 'true' }, 'run deploy -- --skip-tests --production --take-events'],
  ])('for %j', (variables, expected) => {
    expect(optionsFor(variables)).toBe(expected);
  });

  it('takes events of another environment only on request', () => {
    expect(text).toMatch(/take-events:\n.*\n +type: boolean\n +default: false/);
    expect(text).toContain('TAKE_EVENTS: ${{ inputs.take-events || false }}');
  });
});

it('preserves every character of a secret', () => {
  const text = readFileSync(join(folder, 'deploy.yml'), 'utf8');
  const script = /- name: Write \.env[\s\S]*?run: \|\n((?: {10}.*\n)+)/.exec(text)![1]!;
  const secrets = {
    AUTH_TOKEN: '0123456789abcdef',
    USER_TOKEN_SECRET: '$ecret `with` #1 "quotes" \\n and = signs',
  };
  const cwd = mkdtempSync(join(tmpdir(), 'deploy-yml-'));

  execFileSync('bash', ['-ec', script], {
    cwd,
    env: {
      PATH: process.env['PATH'],
      SETTINGS: 'ALLOWED_ORIGINS=https://shop.test',
      SECRET_HUMAN_CHECK_SECRET: '',
      ...Object.fromEntries(Object.entries(secrets).map(([name, value]) => [`SECRET_${name}`, value])),
    },
  });

  expect(parse(readFileSync(join(cwd, '.env')))).toEqual({
    ALLOWED_ORIGINS: 'https://shop.test',
    ...secrets,
  });
  rmSync(cwd, { recursive: true });
});
