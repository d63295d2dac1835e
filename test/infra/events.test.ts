/**
 * One event URL for all Environments: none takes it from another without an explicit request, and the doctor reports
 * it.
 */
import { doctor } from '../../infra/doctor';
import { provision } from '../../infra/provision';
import { InfraProject } from '../support/infra-project';

let project: InfraProject;

beforeEach(async () => {
  project = await InfraProject.start();
  await provision(project.options());
  project.setEnv({ ALLOWED_ORIGINS: 'https://www.shop.test' });
  project.build(['token.js', 'task-events.protected.js', 'conversation-events.protected.js']);
  project.closeRoles();
});
afterEach(() => project.stop());

const register = (...args: string[]): Promise<void> => provision({ ...project.options(), args });

async function examine(...args: string[]): Promise<{ code: number; output: string }> {
  project.lines.length = 0;
  return { code: await doctor({ ...project.options(), args }), output: project.output };
}

function destinations(): (string | null | undefined)[] {
  const { taskrouter, webhooks } = project.emulator.world;
  const { workspaceSid, conversationsServiceSid } = project.emulator.account;
  return [
    taskrouter.workspaces.find(workspaceSid)!.eventCallbackUrl,
    webhooks.ofServices.of(conversationsServiceSid)?.postWebhookUrl,
  ];
}

const urlsOf = (domain: string): string[] => [
  `https://${domain}/task-events`,
  `https://${domain}/conversation-events`,
];

it.each([
  ['production', '', 'dev'],
  ['dev', 'dev', 'stage'],
  ['dev', 'dev', ''],
])('does not change the events of %s', async (_name, first, second) => {
  const owner = project.deploy(first);
  const option = second === '' ? ['--production'] : ['--environment', second];
  await register();
  expect(destinations()).toEqual(urlsOf(owner));
  const taker = project.deploy(second);

  await register(...option);

  expect(destinations()).toEqual(urlsOf(owner));
  expect(project.output).toMatch(/LEFT .*Task events go to .*another Environment.*--take-events/);

  await register(...option, '--take-events');

  expect(destinations()).toEqual(urlsOf(taker));
});

it('assigns them to production if it exists and they are unassigned', async () => {
  const production = project.deploy('');
  project.deploy('dev');

  await register('--environment', 'dev');
  expect(project.output).toMatch(/LEFT .*Task events go nowhere; they belong to production/);

  await register();
  expect(destinations()).toEqual(urlsOf(production));
});

it('never takes those of another program', async () => {
  project.deploy('');
  const { taskrouter } = project.emulator.world;
  const workspace = taskrouter.workspaces.find(project.emulator.account.workspaceSid)!;
  workspace.eventCallbackUrl = 'https://archive.test/';

  await register('--production', '--take-events');

  expect(workspace.eventCallbackUrl).toBe('https://archive.test/');
});

describe('the doctor', () => {
  let production: string;

  beforeEach(() => {
    production = project.deploy('');
    project.deploy('dev');
  });

  it.each([[[]], [['--production']], [['--environment', 'dev']]])(
    'ends with 1 if dev has the events of production, called with %j',
    async (args) => {
      await register('--environment', 'dev', '--take-events');

      const { code, output } = await examine(...args);

      expect(code).toBe(1);
      expect(output).toMatch(/PROBLEM event-urls +Task events go to dev .*and none to production/);
      expect(output).toContain('npm run provision -- --production --take-events');
    },
  );

  it('checks every Environment if none is named', async () => {
    await register('--production');

    const { code, output } = await examine();

    expect(code).toBe(0);
    expect(output).toContain(`https://${production} serves this build`);
    expect(output).toMatch(/-dev\.twil\.io serves this build/);
    expect(output).not.toMatch(/WARNING|PROBLEM/);
  });

  it('says that dev gets none, which is no problem', async () => {
    await register('--production');

    const { code, output } = await examine('--environment', 'dev');

    expect(code).toBe(0);
    expect(output).toMatch(/WARNING event-urls +Task events go to production .*and none to dev/);
  });
});

it('the doctor ends with 1 if the checked Environment lost its events, also without production', async () => {
  project.deploy('dev');
  project.deploy('stage');
  await register('--environment', 'stage');

  expect(await examine('--environment', 'dev')).toMatchObject({
    code: 1,
    output: expect.stringMatching(/PROBLEM event-urls +Task events go to stage/),
  });
  expect(await examine('--environment', 'stage')).toMatchObject({ code: 0 });
});
