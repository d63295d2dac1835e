/** One broken account for each problem that the doctor detects: each is found and named, with a fix. */
import { examine } from '../../infra/doctor';
import { Project } from '../../infra/project';
import { provision } from '../../infra/provision';
import { twilioClient } from '../support/emulator';
import { InfraProject } from '../support/infra-project';

let project: InfraProject;

beforeEach(async () => {
  project = await InfraProject.start();
  await provision(project.options());
  project.build();
  project.deploy();
  project.closeRoles();
  await provision(project.options());
});
afterEach(() => project.stop());

const unknown = (kind: string): string => `${kind}${'f'.repeat(32)}`;
const world = () => project.emulator.world;
const client = () => {
  const { accountSid, authToken } = project.emulator.account;
  return twilioClient(project.emulator, { username: accountSid, password: authToken });
};
const editFlow = async (edit: (text: string) => string, status = 'published'): Promise<void> => {
  const [flow] = world().studio.flows.list();
  const definition = JSON.parse(edit(JSON.stringify(flow!.definition))) as object;
  await client()
    .studio.v2.flows(flow!.sid)
    .update({ status: status as 'published', definition });
};

type Row = [what: string, breakIt: () => unknown, finding: string, message: RegExp];

const ROWS: Row[] = [
  [
    'a Service of another account',
    () => project.setEnv({ CONVERSATIONS_SERVICE_SID: unknown('IS') }),
    'problem service',
    /not in this account/,
  ],
  [
    "a Service that isn't Flex's",
    () => project.setEnv({ CONVERSATIONS_SERVICE_SID: world().conversations.services.create('Other').sid }),
    'problem service',
    /not Flex's/,
  ],
  [
    'another default Service',
    () =>
      Object.assign(world().conversations, {
        defaultServiceSid: world().conversations.services.create('Other').sid,
      }),
    'problem service',
    /default/,
  ],
  [
    'a key of another account',
    () => project.setEnv({ TWILIO_API_KEY_SID: unknown('SK') }),
    'problem api-key',
    /not in this account/,
  ],
  [
    'a wrong key secret',
    () => project.setEnv({ TWILIO_API_KEY_SECRET: 'w'.repeat(32) }),
    'problem api-key',
    /not the secret/,
  ],
  [
    'a Workspace of another account',
    () => project.setEnv({ TASKROUTER_WORKSPACE_SID: unknown('WS') }),
    'problem workspace',
    /not in this account/,
  ],
  [
    "a Workspace that isn't Flex's",
    () => project.setEnv({ TASKROUTER_WORKSPACE_SID: world().taskrouter.workspaces.create('Other').sid }),
    'problem workspace',
    /not Flex's/,
  ],
  [
    'a Role that lets visitors create Conversations',
    () => grant('service user', 'createConversation'),
    'warning roles',
    /createConversation without the Functions: the default_chat_service_role "service user" .*and there the default_conversation_creator_role "channel admin" .* permits .*removeParticipant/,
  ],
  [
    'a Role for all Conversations that lets visitors edit every message',
    () => grant('service user', 'editAnyMessage'),
    'problem roles',
    /permits editAnyMessage: the default_chat_service_role/,
  ],
  [
    'a Role that lets visitors rename and rewrite their chat',
    () => grant('guest', 'editConversationAttributes', 'editConversationName'),
    'problem roles',
    /permits editConversationAttributes, editConversationName: the default_conversation_role "guest"/,
  ],
  [
    'a TaskQueue of another account',
    () => project.setEnv({ TASKROUTER_TASK_QUEUE_SID: unknown('WQ') }),
    'problem taskrouter',
    /TASKROUTER_TASK_QUEUE_SID: WQf+ is not in Flex's Workspace/,
  ],
  [
    'a Workflow of another account for left messages',
    () => project.setEnv({ LEAVE_MESSAGE_TO: 'task', LEAVE_MESSAGE_WORKFLOW_SID: unknown('WW') }),
    'problem taskrouter',
    /LEAVE_MESSAGE_WORKFLOW_SID: WWf+ is not in Flex's Workspace/,
  ],
  [
    'a push Credential of another account',
    () => project.setEnv({ PUSH_CREDENTIAL_SIDS: `ios=${unknown('CR')}` }),
    'problem push',
    /CRf+ \(ios\) is not in this account/,
  ],
  [
    'a Service that pushes nothing to the apps',
    async () => {
      const { sid } = await client().conversations.v1.credentials.create({ type: 'fcm', secret: 's' });
      project.setEnv({ PUSH_CREDENTIAL_SIDS: `android=${sid}` });
    },
    'warning push',
    /pushes no new messages/,
  ],
  [
    'no Worker',
    async () => {
      const { workspaceSid, workers } = project.emulator.account;
      const workspace = client().taskrouter.v1.workspaces(workspaceSid);
      for (const { sid } of workers) await workspace.workers(sid).remove();
    },
    'warning workspace',
    /no Worker/,
  ],
  [
    'a Flow of another account',
    () => project.setEnv({ STUDIO_FLOW_SID: unknown('FW') }),
    'problem flow',
    /not in this account/,
  ],
  [
    'a Workflow of another account, without Studio',
    () => project.setEnv({ ROUTING: 'interactions', TASKROUTER_WORKFLOW_SID: unknown('WW') }),
    'problem flow',
    /Workflow WW\w+ is not in Flex's Workspace/,
  ],
  ['a Flow that is a draft', () => editFlow((text) => text, 'draft'), 'problem flow', /not published/],
  [
    'a Flow that leads nowhere',
    () =>
      editFlow((text) =>
        text.replace(
          '{"next":"send_to_flex","event":"incomingConversationMessage"}',
          '{"event":"incomingConversationMessage"}',
        ),
      ),
    'problem flow',
    /does not lead/,
  ],
  [
    'a Flow with a foreign Workflow',
    () => editFlow((text) => text.replace(/WW[0-9a-f]{32}/, unknown('WW'))),
    'problem flow',
    /Workflow WWf/,
  ],
  [
    'a Flow with a foreign TaskChannel',
    () => editFlow((text) => text.replace(/TC[0-9a-f]{32}/, unknown('TC'))),
    'problem flow',
    /TaskChannel TCf/,
  ],
  [
    'a Flow edited by hand',
    () => editFlow((text) => text.replace('Sorry', 'Alas')),
    'warning flow',
    /differs from the one/,
  ],
  ['wrong credentials', () => project.setEnv({ AUTH_TOKEN: 'wrong' }), 'problem account', /Authenticate/],
  [
    'nothing deployed',
    () => world().serverless.removeService(world().serverless.services.list()[0]!),
    'warning deployment',
    /Nothing is deployed/,
  ],
  [
    'a deployment of another project',
    () => {
      project.write('dist/assets/build.json', '<html>');
      project.deploy();
    },
    'problem deployment',
    /is unknown/,
  ],
  [
    'another local build',
    () => project.build(['token.js', 'more.js']),
    'warning deployment',
    /another build/,
  ],
  [
    'a setting that was not deployed',
    () => project.setEnv({ TOKEN_TTL_SECONDS: '600' }),
    'warning variables',
    /TOKEN_TTL_SECONDS/,
  ],
  [
    'an emulator setting in the cloud',
    () => deployVariable('TWILIO_API_BASE_URL', 'http://127.0.0.1:4010'),
    'problem variables',
    /TWILIO_API_BASE_URL/,
  ],
  [
    "another program's secret in the cloud",
    () => deployVariable('SHOP_DATABASE_URL', 'postgres://x'),
    'warning variables',
    /SHOP_DATABASE_URL is set at/,
  ],
  [
    'no event URL',
    () => Object.assign(workspace(), { eventCallbackUrl: '' }),
    'problem event-urls',
    /go nowhere/,
  ],
  [
    'events that are filtered out',
    () => Object.assign(workspace(), { eventsFilter: 'task.created,task.completed' }),
    'problem event-urls',
    /but not task\.canceled, workflow\.timeout/,
  ],
  [
    "another program's event URL",
    () => Object.assign(workspace(), { eventCallbackUrl: 'https://other.test/' }),
    'warning event-urls',
    /other\.test/,
  ],
];

it.each(ROWS)('names %s', async (_what, breakIt, finding, message) => {
  await breakIt();
  // The credentials come from .env, as in a new terminal.
  const { ACCOUNT_SID: _account, AUTH_TOKEN: _token, ...environment } = project.environment();

  const found = await examine(new Project(project.folder), environment);

  const [status, check] = finding.split(' ');
  expect(found).toEqual(
    expect.arrayContaining([
      { check, status, message: expect.stringMatching(message), remedy: expect.stringMatching(/\S/) },
    ]),
  );
});

function grant(friendlyName: string, ...permissions: string[]): void {
  const { roles } = world().conversations;
  const role = roles.list().find((one) => one.friendlyName === friendlyName)!;
  roles.update(role, [...role.permissions, ...permissions]);
}

it('prints the command that removes a permission and keeps the others', async () => {
  grant('guest', 'editAnyMessage');

  const found = await examine(new Project(project.folder), project.environment());

  const { remedy } = found.find(({ message }) => message.includes('editAnyMessage'))!;
  const [, sid, options] = /--sid (RL\w+) (.*)$/.exec(remedy!)!;
  const permission = [...options!.matchAll(/--permission (\w+)/g)].map(([, name]) => name!);
  const { conversationsServiceSid } = project.emulator.account;
  await client().conversations.v1.services(conversationsServiceSid).roles(sid!).update({ permission });
  expect(await examine(new Project(project.folder), project.environment())).toContainEqual({
    check: 'roles',
    status: 'ok',
    message: expect.any(String),
  });
});

function workspace() {
  return world().taskrouter.workspaces.find(project.emulator.account.workspaceSid)!;
}

function deployVariable(key: string, value: string): void {
  const { environments, services } = world().serverless;
  environments.setVariable(environments.ofService(services.list()[0]!.sid)[0]!, key, value);
}
