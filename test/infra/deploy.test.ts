/** A deploy stops before any change if the Functions would not work. The rest: from-empty-account.test.ts. */
import { deploy } from '../../infra/deploy';
import { provision } from '../../infra/provision';
import { InfraProject } from '../support/infra-project';

let project: InfraProject;

beforeEach(async () => {
  project = await InfraProject.start();
  await provision(project.options());
  project.setEnv({ ALLOWED_ORIGINS: 'https://www.shop.test' });
  project.emulator.journal.clear();
});
afterEach(() => project.stop());

it.each([
  ['TOKEN_TTL_SECONDS=abc', /^TOKEN_TTL_SECONDS must be a whole number .*\(\.env, line 9\)/],
  ['TOKEN_TTL_SECONDS=600 # ten minutes', /^TOKEN_TTL_SECONDS must be .*line 9/],
  ['OPERATING_HOURS=9-5', /^OPERATING_HOURS must be rules .*line 9/],
  [
    'HUMAN_CHECK_URL=https://check.test/',
    /^HUMAN_CHECK_URL and HUMAN_CHECK_SECRET need each other: .*line 9/,
  ],
  ['ANONYMOUS_STARTS_PER_MINUTE=5', /needs SYNC_SERVICE_SID: .*line 9/],
  [`STUDIO_FLOW_SID=FW${'x'.repeat(32)}`, /^STUDIO_FLOW_SID is missing.*line 9/],
  ['USER_TOKEN_PUBLIC_KEY="-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----"', /PEM .*line 9/],
  ['TWILIO_API_BASE_URL=http://127.0.0.1:4010', /is only for the emulator.*line 9/],
])('rejects %s, with the line', async (line, message) => {
  project.write('.env', `${project.env()}${line}\n`);

  await expect(deploy(project.options())).rejects.toMatchObject({
    name: 'Remedy',
    message: expect.stringMatching(message),
  });

  expect(project.writes()).toEqual([]);
});

it('rejects lines that the toolkit does not read, with the reason', async () => {
  project.write('.env', project.env().replace('ALLOWED_ORIGINS=', 'export ALLOWED_ORIGINS='));

  await expect(deploy(project.options())).rejects.toMatchObject({
    message: expect.stringMatching(/^ALLOWED_ORIGINS is missing.*line \d/),
  });

  expect(project.output).toMatch(
    /WARNING env-lines +Line \d of \.env \(ALLOWED_ORIGINS\) begins with "export"/,
  );
});
