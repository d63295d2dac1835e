/** Problems that the doctor finds without Twilio: in `.env`, in package.json, in the toolkit's configuration. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../infra/checks/finding';
import { checkSettings } from '../../infra/checks/settings';
import { checkVersions } from '../../infra/checks/versions';
import { Project } from '../../infra/project';
import { provision } from '../../infra/provision';
import { InfraProject } from '../support/infra-project';

let project: InfraProject;

beforeEach(async () => {
  project = await InfraProject.start();
  await provision(project.options());
  project.setEnv({ ALLOWED_ORIGINS: 'https://www.shop.test' });
});
afterEach(() => project.stop());

function findings(): Finding[] {
  const here = new Project(project.folder);
  const subject = { project: here, env: here.env.read(), environment: {} };
  return [...checkSettings(subject), ...checkVersions(subject)].filter(({ status }) => status !== 'ok');
}

const finding = (text: string, message: RegExp): Finding => {
  const [status, check] = text.split(' ');
  return expect.objectContaining({ status, check, message: expect.stringMatching(message) }) as Finding;
};

it('has no findings after provisioning', () => {
  expect(findings()).toEqual([]);
});

it.each<[string, Record<string, string | undefined>, RegExp]>([
  ['problem settings', { STUDIO_FLOW_SID: undefined }, /STUDIO_FLOW_SID/],
  ['problem settings', { STUDIO_FLOW_SID: `FW${'x'.repeat(32)}` }, /STUDIO_FLOW_SID is missing/],
  ['problem settings', { CONVERSATIONS_SERVICE_SID: `IG${'f'.repeat(32)}` }, /a Conversations Address/],
  ['problem settings', { ACCOUNT_SID: `SK${'f'.repeat(32)}` }, /ACCOUNT_SID .* is the SID of an API key/],
  ['problem settings', { STUDIO_FLOW_SID: 'my flow' }, /STUDIO_FLOW_SID must be FW and 32/],
  [
    'problem settings',
    { TOKEN_TTL_SECONDS: 'abc' },
    /^TOKEN_TTL_SECONDS must be a whole number .*line \d+\)/,
  ],
  ['problem settings', { OPERATING_HOURS: '9-5' }, /^OPERATING_HOURS must be rules .*line \d+\)/],
  ['problem settings', { HUMAN_CHECK_URL: 'https://check.test/' }, /HUMAN_CHECK_SECRET need each other/],
  ['problem settings', { TWILIO_REALTIME_URL: 'ws://127.0.0.1:4010' }, /TWILIO_REALTIME_URL/],
  ['warning env-lines', { ALLOWED_ORIGIN: 'x' }, /ALLOWED_ORIGIN, .* mean ALLOWED_ORIGINS/],
  ['warning env-lines', { 'token-ttl-seconds': '60' }, /mean TOKEN_TTL_SECONDS/],
  ['warning env-lines', { OPERATING_HOUR: 'Mo 09:00-17:00' }, /mean OPERATING_HOURS/],
  [
    'warning env-lines',
    { TIMEZONE: 'Europe/Berlin', SHOP_DB: 'x' },
    /sets TIMEZONE, SHOP_DB, which no Function/,
  ],
  [
    'warning env-lines',
    { UNANSWERED_MESSAGE: 'Closed # for now' },
    /^Line \d+ of .env \(UNANSWERED_MESSAGE\) has a #/,
  ],
  ['problem emulator-settings', { HTTP_PROXY: 'http://127.0.0.1:4011' }, /HTTP_PROXY/],
  ['problem value-sizes', { UNANSWERED_MESSAGE: 'k'.repeat(451) }, /450 bytes/],
  ['problem settings', { ALLOWED_ORIGINS: '*' }, /ALLOWED_ORIGINS must be origins/],
  ['problem settings', { ALLOWED_ORIGINS: 'https://b.test,https://a.test/shop' }, /entry 2 is not/],
  ['warning allowed-origins', { ALLOWED_ORIGINS: 'http://a.test' }, /not encrypted/],
  ['warning allowed-origins', { ALLOWED_ORIGINS: 'http://localhost:3000' }, /this machine/],
  ['warning allowed-origins', { ALLOWED_ORIGINS: 'https://a.test,loopback' }, /own machine/],
  ['warning allowed-origins', { ALLOWED_ORIGINS: 'https://www.example.com' }, /the example/],
])('finds a %s in %j', (expected, change, message) => {
  project.setEnv(change);

  expect(findings()).toEqual([finding(expected, message)]);
});

it.each(['https://www.shop.test,no-origin', 'no-origin'])('accepts the no-origin entry in %s', (origins) => {
  project.setEnv({ ALLOWED_ORIGINS: origins });

  expect(findings()).toEqual([]);
});

it('misses .env', () => {
  rmSync(join(project.folder, '.env'));

  expect(findings()).toEqual([finding('problem settings', /\.env does not exist/)]);
});

it.each([
  ['package.json', '"2.0.1"', '"2.1.0"', 'problem runtime-handler', /2\.1\.0 is not supported/],
  ['package.json', '"2.0.1"', '"^2.0.1"', 'problem runtime-handler', /\^2\.0\.1/],
  ['package.json', '@twilio/runtime-handler', 'other', 'problem runtime-handler', /not a dependency/],
  ['.twilioserverless', 'node22', 'node18', 'problem toolkit-config', /node18/],
  [
    '.twilioserverless',
    'functionsFolder',
    'functionsFolderName',
    'problem toolkit-config',
    /dist\/functions/,
  ],
] as const)('reads %s with %s as %s', (file, from, to, expected, message) => {
  project.write(file, project.read(file).replace(from, to));

  expect(findings()).toEqual([finding(expected, message)]);
});

it('reports a missing symlink', () => {
  rmSync(join(project.folder, '.twilioserverlessrc'));

  expect(findings()).toEqual([finding('problem toolkit-config', /missing/)]);
});
