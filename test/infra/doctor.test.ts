/** The doctor: no findings for a healthy account, and its output. The findings: doctor-settings, doctor-account. */
import { doctor, examine } from '../../infra/doctor';
import { Project } from '../../infra/project';
import { provision } from '../../infra/provision';
import { InfraProject } from '../support/infra-project';

let project: InfraProject;

beforeEach(async () => {
  project = await InfraProject.start();
  await provision(project.options());
  project.setEnv({ ALLOWED_ORIGINS: 'https://www.shop.test' });
  project.build();
  project.deploy();
  project.closeRoles();
  await provision(project.options());
});
afterEach(() => project.stop());

const findings = () => examine(new Project(project.folder), project.environment());
const remaining = async () => (await findings()).filter(({ status }) => status !== 'ok');

it('finds nothing wrong in a provisioned and deployed account, and changes nothing', async () => {
  project.emulator.journal.clear();

  expect(await remaining()).toEqual([]);
  expect(project.writes()).toEqual([]);
  expect(await doctor(project.options())).toBe(0);
});

it('prints a line for each check', async () => {
  const checks = new Set((await findings()).map(({ check }) => check));

  expect([...checks].sort()).toEqual([
    'account',
    'allowed-origins',
    'api-key',
    'deployment',
    'emulator-settings',
    'env-lines',
    'event-urls',
    'flow',
    'node',
    'roles',
    'runtime-handler',
    'service',
    'settings',
    'toolkit-config',
    'variables',
    'workspace',
  ]);
});

it('ends with 1 if there is a problem, and prints JSON with --json', async () => {
  project.setEnv({ ALLOWED_ORIGINS: '*' });

  const code = await doctor({ ...project.options(), args: ['--json'] });

  expect(code).toBe(1);
  expect(JSON.parse(project.lines.at(-1)!)).toEqual(
    expect.arrayContaining([expect.objectContaining({ check: 'settings', status: 'problem' })]),
  );
});

it('prints no secret, with any problem', async () => {
  const secret = 'do-not-show-me-'.repeat(40);
  project.setEnv({ TWILIO_API_KEY_SECRET: secret, USER_TOKEN_SECRET: secret });

  await doctor(project.options());

  expect(project.output).not.toContain('do-not-show-me');
  expect(project.output).not.toContain(project.emulator.account.authToken);
});

it('separates a network failure from its own bug', async () => {
  const unreachable = { ...project.environment(), TWILIO_API_BASE_URL: 'http://127.0.0.1:1' };
  expect(await examine(new Project(project.folder), unreachable)).toContainEqual(
    expect.objectContaining({ check: 'account', remedy: expect.stringContaining('could not be reached') }),
  );

  class DefectiveProject extends Project {
    override flowDefinition(): object {
      throw new TypeError('a defect');
    }
  }
  await expect(examine(new DefectiveProject(project.folder), project.environment())).rejects.toThrow(
    TypeError,
  );
});
