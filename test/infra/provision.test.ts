/** Provisioning an empty Flex account, repeatedly, and interrupted at every call. */
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { eventUrls } from '../../infra/account/event-urls';
import { findFlex } from '../../infra/account/flex';
import { Project } from '../../infra/project';
import { provision } from '../../infra/provision';
import { InfraProject } from '../support/infra-project';
import { CuttingRelay } from '../support/cutting-relay';
import { twilioClient } from '../support/emulator';
import { PROTECTED_PATHS } from '../support/functions';

let project: InfraProject;

beforeEach(async () => {
  project = await InfraProject.start();
});
afterEach(() => project.stop());

it('creates a key and a published Flow, and writes what it found and created', async () => {
  const { account } = project.emulator;

  await provision(project.options());

  const env = parse(project.env());
  expect(env).toMatchObject({
    ACCOUNT_SID: account.accountSid,
    AUTH_TOKEN: account.authToken,
    CONVERSATIONS_SERVICE_SID: account.conversationsServiceSid,
    TASKROUTER_WORKSPACE_SID: account.workspaceSid,
    ALLOWED_ORIGINS: 'http://localhost:3000',
  });
  const flow = project.emulator.world.studio.flows.get(env['STUDIO_FLOW_SID']!)!;
  expect(flow.status).toBe('published');
  expect(JSON.stringify(flow.definition)).toContain(account.workflowSid);
  expect(JSON.stringify(flow.definition)).toContain(account.taskChannelSid);
  const key = { username: env['TWILIO_API_KEY_SID']!, password: env['TWILIO_API_KEY_SECRET']! };
  await expect(twilioClient(project.emulator, key).conversations.v1.services.list()).resolves.toHaveLength(1);
});

it('writes the Workflow down and makes no Flow where ROUTING says interactions', async () => {
  project.write('.env', 'ROUTING=interactions\n');

  await provision(project.options());

  expect(parse(project.env())).toMatchObject({
    TASKROUTER_WORKFLOW_SID: project.emulator.account.workflowSid,
  });
  expect(parse(project.env())).not.toHaveProperty('STUDIO_FLOW_SID');
  expect(project.holdings()).toEqual({ keys: 1, flows: 0, services: 0 });
});

it('changes nothing the second time', async () => {
  await provision(project.options());
  const env = project.env();
  project.emulator.journal.clear();

  await provision(project.options());

  expect(project.env()).toBe(env);
  expect(project.writes().filter((write) => !write.endsWith('/Validate'))).toEqual([]);
  expect(project.holdings()).toEqual({ keys: 1, flows: 1, services: 0 });
});

it('only prints its plan in a dry run', async () => {
  await provision({ ...project.options(), args: ['--dry-run'] });

  expect(project.output).toContain('plan    API key');
  expect(project.output).toContain('plan    Studio Flow');
  expect(project.holdings()).toEqual({ keys: 0, flows: 0, services: 0 });
  expect(() => project.env()).toThrow('ENOENT');
});

it('prints no secret', async () => {
  await provision(project.options());

  const { AUTH_TOKEN, TWILIO_API_KEY_SECRET } = parse(project.env());
  expect(project.output).not.toContain(AUTH_TOKEN!);
  expect(project.output).not.toContain(TWILIO_API_KEY_SECRET!);
  expect(statSync(join(project.folder, '.env')).mode & 0o777).toBe(0o600);
});

it('keeps every line of an existing .env', async () => {
  const own = [
    '# our notes',
    'ALLOWED_ORIGINS=https://shop.example',
    'MY_OWN="a b"',
    '',
    'TOKEN_TTL_SECONDS=600',
  ];
  writeFileSync(join(project.folder, '.env'), own.join('\n'));

  await provision(project.options());

  const lines = project.env().split('\n');
  expect(lines.slice(0, own.length)).toEqual(own);
});

it('uploads the Flow in which a bot comes first where BOT_URL says so, and shows the change', async () => {
  await provision(project.options());
  project.setEnv({ BOT_URL: 'https://bot.example.org/bot-answer' });

  await provision({ ...project.options(), args: ['--overwrite'] });

  const { flows } = project.emulator.world.studio;
  const { states } = flows.get(parse(project.env())['STUDIO_FLOW_SID']!)!.definition;
  const find = (name: string) => states.find((state) => state.name === name)!;
  expect(find('ask_bot').properties['url']).toBe('https://bot.example.org/bot-answer');
  expect(find('hand_over').properties['workflow']).toBe(project.emulator.account.workflowSid);
  expect(project.output).toContain('infra/studio/bot-first.json');
});

it('uploads the Flow with an automatic message before the agent where WAITING_MESSAGE says so', async () => {
  await provision(project.options());
  project.setEnv({ WAITING_MESSAGE: '{"en":"Please wait.","de":"Bitte warten."}' });

  await provision({ ...project.options(), args: ['--overwrite'] });

  const { flows } = project.emulator.world.studio;
  const { states } = flows.get(parse(project.env())['STUDIO_FLOW_SID']!)!.definition;
  const greeting = states.find(({ name }) => name === 'send_to_flex_greeting')!;
  expect(greeting.properties['body']).toContain("{% when 'de' %}Bitte warten.{% else %}Please wait.");
  expect(states.find(({ type }) => type === 'trigger')!.transitions).toContainEqual({
    event: 'incomingConversationMessage',
    next: greeting.name,
  });
});

describe('a Flow that was changed in Studio', () => {
  const flows = () => project.emulator.world.studio.flows;
  let sid: string;
  let original: object;

  beforeEach(async () => {
    await provision(project.options());
    sid = parse(project.env())['STUDIO_FLOW_SID']!;
    original = flows().get(sid)!.definition;
    const edited = JSON.stringify(original)
      .replace('Sorry, we could not', 'Alas, we could not')
      .replace('"timeout":"3600"', '"timeout":"60"');
    await twilioClient(project.emulator, masterKey())
      .studio.v2.flows(sid)
      .update({ status: 'published', definition: JSON.parse(edited) as object });
    project.lines.length = 0;
  });

  it('is kept, also from a fresh clone, and the difference is printed', async () => {
    project.write('.env', '');

    await provision(project.options());

    expect(flows().get(sid)).toMatchObject({ revision: 2 });
    expect(project.output).toMatch(
      /states\.send_to_flex\.properties\.timeout\n +in Studio +"60"\n +in the file +"3600"/,
    );
    expect(project.output).toMatch(/states\.tell_customer\.properties\.body\n.*Alas.*\n.*Sorry/);
    expect(project.output).toMatch(/LEFT .*npm run provision -- --overwrite/);
    expect(parse(project.env())['STUDIO_FLOW_SID']).toBe(sid);
    expect(flows().list()).toHaveLength(1);
  });

  it.each([
    ['yes', 3],
    ['no', 2],
    ['', 2],
  ])('prompts, and interprets "%s"', async (answer, revision) => {
    await provision({ ...project.options(), ask: () => Promise.resolve(answer) });

    expect(flows().get(sid)!.revision).toBe(revision);
  });

  it('is replaced with --overwrite, without a prompt', async () => {
    await provision({ ...project.options(), args: ['--overwrite'] });

    expect(flows().get(sid)).toMatchObject({ status: 'published', definition: original, revision: 3 });
    expect(flows().list()).toHaveLength(1);
  });

  it('is printed in a dry run', async () => {
    await provision({ ...project.options(), args: ['--dry-run', '--overwrite'] });

    expect(project.output).toContain('in Studio    "60"');
    expect(flows().get(sid)!.revision).toBe(2);
  });
});

it('publishes a draft only on an explicit request', async () => {
  await provision(project.options());
  const { flows } = project.emulator.world.studio;
  const [flow] = flows.list();
  await twilioClient(project.emulator, masterKey())
    .studio.v2.flows(flow!.sid)
    .update({ status: 'draft', definition: flow!.definition });

  await provision(project.options());
  expect(flows.get(flow!.sid)!.status).toBe('draft');

  await provision({ ...project.options(), args: ['--overwrite'] });
  expect(flows.get(flow!.sid)!.status).toBe('published');
});

it('does not change a foreign Flow, even if .env names it', async () => {
  await provision(project.options());
  const { flows } = project.emulator.world.studio;
  const [ours] = flows.list();
  const definition = JSON.stringify({ ...ours!.definition, description: 'Sales, since 2019' });
  const flow = flows.create({ friendlyName: 'Sales', status: 'published', definition, commitMessage: null });
  project.setEnv({ STUDIO_FLOW_SID: flow.sid });

  await provision(project.options());

  expect(flows.get(flow.sid)).toMatchObject({ friendlyName: 'Sales', revision: 1 });
  expect(project.output).toContain(`LEFT    Studio Flow ${flow.sid} ("Sales")`);
  expect(parse(project.env())['STUDIO_FLOW_SID']).toBe(flow.sid);
});

it('creates a new key when the one in .env is no longer in the account', async () => {
  await provision(project.options());
  const { apiKeys } = project.emulator.world.iam;
  apiKeys.remove(apiKeys.list()[0]!);

  await provision(project.options());

  expect(parse(project.env())['TWILIO_API_KEY_SID']).toBe(apiKeys.list()[0]!.sid);
  expect(project.holdings()).toMatchObject({ keys: 1 });
});

it('rotates the key, and keeps the one that signed valid tokens', async () => {
  await provision(project.options());
  const old = parse(project.env())['TWILIO_API_KEY_SID']!;

  await provision({ ...project.options(), args: ['--rotate-key'] });
  await provision(project.options());

  const { TWILIO_API_KEY_SID: sid, TWILIO_API_KEY_SECRET: secret } = parse(project.env());
  const { apiKeys } = project.emulator.world.iam;
  expect(sid).not.toBe(old);
  expect(apiKeys.list().map((key) => key.sid)).toEqual([old, sid]);
  expect(apiKeys.passwordOf(sid!)).toBe(secret);
});

it('has an event URL for every Function that Twilio calls', async () => {
  const client = twilioClient(project.emulator, masterKey());
  const work = { ...project.options(), client, project: new Project(project.folder), isDryRun: true };

  const registered = eventUrls(work, await findFlex(client)).map(({ functionPath }) => functionPath);

  // That one is registered in each Conversation.
  expect([...registered, '/route-chat'].sort()).toEqual(PROTECTED_PATHS);
});

it('registers events that are new since an earlier version', async () => {
  await provision(project.options());
  project.build();
  project.deploy();
  await provision(project.options());
  const { taskrouter } = project.emulator.world;
  const workspace = taskrouter.workspaces.find(project.emulator.account.workspaceSid)!;
  workspace.eventsFilter = 'task.canceled';

  await provision(project.options());

  expect(workspace.eventsFilter).toBe('task.canceled,task.completed,workflow.timeout');
});

it('never removes a deployed key, even if .env has lost it', async () => {
  await provision(project.options());
  const old = parse(project.env())['TWILIO_API_KEY_SID']!;
  project.build();
  project.deploy();
  project.write('.env', project.env().replace(/^TWILIO_API_KEY_.*\n/gm, ''));

  await provision(project.options());

  expect(project.emulator.world.iam.apiKeys.list()[0]!.sid).toBe(old);
});

it.each([
  ['a wrong Auth Token', { AUTH_TOKEN: 'wrong' }, /Check ACCOUNT_SID and AUTH_TOKEN/],
  ['an API key for the account', { ACCOUNT_SID: `SK${'0'.repeat(32)}` }, /Account SID/],
])('explains %s', async (_what, environment, remedy) => {
  const failing = provision({
    ...project.options(),
    environment: { ...project.environment(), ...environment },
  });

  await expect(failing).rejects.toMatchObject({ name: 'Remedy', remedy: expect.stringMatching(remedy) });
});

it('lists the Workflows only if the given one does not exist', async () => {
  const failing = provision({ ...project.options(), args: ['--workflow', `WW${'f'.repeat(32)}`] });

  await expect(failing).rejects.toMatchObject({
    remedy: expect.stringContaining(project.emulator.account.workflowSid),
  });
});

describe('interrupted at a call', () => {
  /** The number of calls for an empty account; later cuts have no effect. */
  const CALLS = 15;

  it.each(['before', 'after'] as const)(
    'ends in the same state if any call is cut %s it took effect',
    async (moment) => {
      for (let call = 1; call <= CALLS; call++) {
        await project.stop();
        project = await InfraProject.start();
        const relay = await CuttingRelay.start(project.emulator.url, { call, moment });

        const outcome = await provision(project.options(relay.url)).then(
          () => 'done',
          (error: Error) => error.name,
        );
        await relay.stop();
        expect([call, outcome]).toEqual([call, relay.hasCut ? 'Remedy' : 'done']);
        await provision(project.options());

        const { iam, studio } = project.emulator.world;
        expect([call, project.holdings()]).toEqual([call, { keys: 1, flows: 1, services: 0 }]);
        expect(parse(project.env())).toMatchObject({
          TWILIO_API_KEY_SID: iam.apiKeys.list()[0]!.sid,
          TWILIO_API_KEY_SECRET: iam.apiKeys.list()[0]!.secret,
          STUDIO_FLOW_SID: studio.flows.list()[0]!.sid,
        });
        if (!relay.hasCut) return;
      }
      throw new Error(`Provisioning makes more than ${CALLS} calls: raise CALLS`);
    },
  );
});

function masterKey(): { username: string; password: string } {
  const { accountSid, authToken } = project.emulator.account;
  return { username: accountSid, password: authToken };
}
