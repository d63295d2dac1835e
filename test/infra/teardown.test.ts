/** Removing what was created, and nothing else. */
import { parse } from 'dotenv';
import { provision } from '../../infra/provision';
import { teardown } from '../../infra/teardown';
import { CuttingRelay } from '../support/cutting-relay';
import { twilioClient } from '../support/emulator';
import { InfraProject } from '../support/infra-project';

const NOTHING = { keys: 0, flows: 0, services: 0 };
let project: InfraProject;

async function begin(): Promise<void> {
  project = await InfraProject.start();
  await provision(project.options());
  project.build();
  project.deploy();
  await provision(project.options());
}

beforeEach(begin);
afterEach(() => project.stop());

const workspace = () =>
  project.emulator.world.taskrouter.workspaces.find(project.emulator.account.workspaceSid)!;
const NAME = 'flex-custom-chat';
const tearDown = (...args: string[]): Promise<void> =>
  teardown({ ...project.options(), args: ['--confirm', NAME, ...args] });

it('lists what it would remove, and removes it when the name is given', async () => {
  const before = project.env();
  await teardown(project.options());

  expect(project.output).toMatch(/plan .*Studio Flow FW.*: to be removed/);
  expect(project.holdings()).toEqual({ keys: 1, flows: 1, services: 1 });
  expect(workspace().eventCallbackUrl).toMatch(/task-events$/);
  expect(project.env()).toBe(before);

  await tearDown();

  expect(project.holdings()).toEqual(NOTHING);
  expect(workspace().eventCallbackUrl).toBe('');
  expect(parse(project.env())).toMatchObject({ TWILIO_API_KEY_SID: '', STUDIO_FLOW_SID: '' });
});

it('lists domains, Environments and open chats first', async () => {
  const production = project.deploy('');
  const dev = project.deploy('dev');
  const { accountSid, authToken } = project.emulator.account;
  const client = twilioClient(project.emulator, { username: accountSid, password: authToken });
  const names = ['chat-visitor-1-1', `chat-user-2-1-${'m'.repeat(22)}`, 'of another program'];
  for (const uniqueName of names) {
    await client.conversations.v1.conversations.create({ uniqueName });
  }

  await teardown(project.options());

  expect(project.lines).toEqual(
    expect.arrayContaining([
      `  in use  production: https://${production}`,
      `  in use  dev: https://${dev}`,
      expect.stringMatching(/^ {2}in use {2}open chats of all Environments: 2, latest activity at 20/),
    ]),
  );
  expect(project.output).toContain(`--confirm ${NAME}`);
  expect(project.holdings()).toEqual({ keys: 1, flows: 1, services: 1 });
});

it.each([['yes'], ['flex-custom-chat-dev'], ['']])(
  'removes nothing if "%s" is typed instead of the name',
  async (typed) => {
    const asked: string[] = [];
    const ask = (question: string): Promise<string> => {
      asked.push(question);
      return Promise.resolve(typed);
    };
    project.emulator.journal.clear();

    await expect(teardown({ ...project.options(), ask })).rejects.toMatchObject({
      name: 'Remedy',
      message: expect.stringContaining("is not the Service's name"),
    });

    expect(asked).toEqual([expect.stringContaining(`type ${NAME}`)]);
    expect(project.writes()).toEqual([]);
  },
);

it('removes it if the name is typed', async () => {
  await teardown({ ...project.options(), ask: () => Promise.resolve(NAME) });

  expect(project.holdings()).toEqual(NOTHING);
});

it('rejects --yes', async () => {
  await expect(teardown({ ...project.options(), args: ['--yes'] })).rejects.toMatchObject({
    code: expect.stringMatching(/^ERR_PARSE_ARGS/),
  });
});

it('removes a single Environment', async () => {
  const production = project.deploy('');
  await provision({ ...project.options(), args: ['--production', '--take-events'] });
  const { services, environments } = project.emulator.world.serverless;
  const domains = () => environments.ofService(services.list()[0]!.sid).map(({ domainName }) => domainName);

  await tearDown('--environment', 'dev');

  expect(domains()).toEqual([production]);
  expect(project.holdings()).toEqual({ keys: 1, flows: 1, services: 1 });
  expect(workspace().eventCallbackUrl).toBe(`https://${production}/task-events`);

  await tearDown('--production');

  expect(domains()).toEqual([]);
  expect(workspace().eventCallbackUrl).toBe('');
});

it('lists the Environments if the named one does not exist', async () => {
  await expect(tearDown('--environment', 'stage')).rejects.toMatchObject({
    message: 'Nothing is deployed to stage.',
    remedy: expect.stringContaining('dev'),
  });
});

it('keeps foreign resources, even if .env names them', async () => {
  const { iam, studio } = project.emulator.world;
  const { apiKeys } = iam;
  const key = apiKeys.create('of another program');
  const [ours] = studio.flows.list();
  const definition = JSON.stringify(ours!.definition);
  const flow = studio.flows.create({
    friendlyName: 'Sales',
    status: 'published',
    definition,
    commitMessage: null,
  });
  workspace().eventCallbackUrl = 'https://other.test/';
  const env = project.env().replace(/^STUDIO_FLOW_SID=.*/m, `STUDIO_FLOW_SID=${flow.sid}`);
  project.write('.env', env.replace(/^TWILIO_API_KEY_SID=.*/m, `TWILIO_API_KEY_SID=${key.sid}`));

  await tearDown();

  expect(apiKeys.list()).toEqual([key]);
  expect(studio.flows.list()).toEqual([flow]);
  expect(workspace().eventCallbackUrl).toBe('https://other.test/');
  expect(parse(project.env())).toMatchObject({ TWILIO_API_KEY_SID: key.sid, STUDIO_FLOW_SID: flow.sid });
});

it("does not silence the account's own webhooks", async () => {
  const { ofServices } = project.emulator.world.webhooks;
  ofServices.updateAccount({ postWebhookUrl: 'https://archive.test/', filters: ['onMessageAdded'] });
  project.build(['token.js', 'conversation-events.protected.js']);
  project.deploy();

  await provision(project.options());

  const { conversationsServiceSid } = project.emulator.account;
  expect(ofServices.inForce(conversationsServiceSid).postWebhookUrl).toBe('https://archive.test/');
  expect(project.output).toContain('LEFT    Conversation events go to https://archive.test/');

  await tearDown();

  expect(ofServices.account.postWebhookUrl).toBe('https://archive.test/');
});

it('shares the Service with a foreign pre-event webhook, and keeps it', async () => {
  const { ofServices } = project.emulator.world.webhooks;
  const { conversationsServiceSid } = project.emulator.account;
  const theirs = { preWebhookUrl: 'https://other.test/', filters: ['onMessageAdd'] };
  ofServices.update(conversationsServiceSid, theirs);
  project.build(['token.js', 'conversation-events.protected.js']);
  const domain = project.deploy();

  await provision(project.options());

  expect(ofServices.of(conversationsServiceSid)).toMatchObject({
    preWebhookUrl: theirs.preWebhookUrl,
    postWebhookUrl: `https://${domain}/conversation-events`,
    filters: ['onMessageAdd', 'onConversationStateUpdated'],
  });

  await tearDown();

  expect(ofServices.of(conversationsServiceSid)).toMatchObject({ ...theirs, postWebhookUrl: null });
});

it.each(['before', 'after'] as const)(
  'leaves nothing behind when it is interrupted at any call, %s it took effect, and run again',
  async (moment) => {
    for (let call = 1; ; call++) {
      await project.stop();
      await begin();
      const relay = await CuttingRelay.start(project.emulator.url, { call, moment });

      await teardown({ ...project.options(relay.url), args: ['--confirm', NAME] }).catch(() => undefined);
      await relay.stop();
      await tearDown();

      expect([call, project.holdings(), workspace().eventCallbackUrl]).toEqual([call, NOTHING, '']);
      if (!relay.hasCut) return;
    }
  },
);

it('can be followed by provisioning again', async () => {
  await tearDown();

  await provision(project.options());

  expect(project.holdings()).toEqual({ keys: 1, flows: 1, services: 0 });
});
