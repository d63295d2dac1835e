/** The doctor: nothing to say about a healthy account, and one broken account for each thing that it checks. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { doctor, examine } from '../../infra/doctor';
import { Project } from '../../infra/project';
import { provision } from '../../infra/provision';
import { twilioClient } from '../support/emulator';
import { InfraProject } from '../support/infra-project';

let project: InfraProject;

beforeEach(async () => {
  project = await InfraProject.start();
  await provision(project.options());
  project.setEnv({ ALLOWED_ORIGINS: 'https://www.shop.test' });
  project.build();
  project.deploy();
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

it('looks at everything, a line each', async () => {
  const checks = new Set((await findings()).map(({ check }) => check));

  expect([...checks].sort()).toEqual([
    'account',
    'allowed-origins',
    'api-key',
    'deployment',
    'emulator-settings',
    'event-urls',
    'flow',
    'node',
    'runtime-handler',
    'service',
    'settings',
    'sid-kinds',
    'toolkit-config',
    'variables',
    'workspace',
  ]);
});

const unknown = (kind: string): string => `${kind}${'f'.repeat(32)}`;
const world = () => project.emulator.world;
const client = () => {
  const { accountSid, authToken } = project.emulator.account;
  return twilioClient(project.emulator, { username: accountSid, password: authToken });
};
const replaceInPackage = (from: string, to: string): void =>
  project.write('package.json', project.read('package.json').replace(from, to));
const editFlow = async (edit: (text: string) => string, status = 'published'): Promise<void> => {
  const [flow] = world().studio.flows.list();
  const definition = JSON.parse(edit(JSON.stringify(flow!.definition))) as object;
  await client()
    .studio.v2.flows(flow!.sid)
    .update({ status: status as 'published', definition });
};

type Row = [
  what: string,
  breakIt: () => unknown,
  check: string,
  status: 'warning' | 'problem',
  message: RegExp,
];

const ROWS: Row[] = [
  ['no .env', () => rmSync(join(project.folder, '.env')), 'settings', 'problem', /no \.env/],
  [
    'a missing setting',
    () => project.setEnv({ STUDIO_FLOW_SID: undefined }),
    'settings',
    'problem',
    /STUDIO_FLOW_SID/,
  ],
  [
    'a misspelt setting',
    () => project.setEnv({ ALLOWED_ORIGIN: 'x' }),
    'settings',
    'warning',
    /ALLOWED_ORIGIN,/,
  ],
  [
    'an Address for the Service',
    () => project.setEnv({ CONVERSATIONS_SERVICE_SID: unknown('IG') }),
    'sid-kinds',
    'problem',
    /SID of a Conversations Address/,
  ],
  [
    'no SID at all',
    () => project.setEnv({ STUDIO_FLOW_SID: 'my flow' }),
    'sid-kinds',
    'problem',
    /STUDIO_FLOW_SID is not a SID/,
  ],
  [
    'a setting of the emulator',
    () => project.setEnv({ TWILIO_REALTIME_URL: 'ws://127.0.0.1:4010' }),
    'emulator-settings',
    'problem',
    /TWILIO_REALTIME_URL/,
  ],
  [
    'a proxy',
    () => project.setEnv({ HTTP_PROXY: 'http://127.0.0.1:4011' }),
    'emulator-settings',
    'problem',
    /HTTP_PROXY/,
  ],
  [
    'a value too large for the cloud',
    () => project.setEnv({ USER_TOKEN_PUBLIC_KEY: 'k'.repeat(451) }),
    'value-sizes',
    'problem',
    /450 bytes/,
  ],
  [
    'a wildcard for all origins',
    () => project.setEnv({ ALLOWED_ORIGINS: '*' }),
    'allowed-origins',
    'problem',
    /has \*/,
  ],
  [
    'an origin with a path',
    () => project.setEnv({ ALLOWED_ORIGINS: 'https://a.test/shop' }),
    'allowed-origins',
    'problem',
    /a\.test\/shop/,
  ],
  [
    'an origin without TLS',
    () => project.setEnv({ ALLOWED_ORIGINS: 'http://a.test' }),
    'allowed-origins',
    'warning',
    /not encrypted/,
  ],
  [
    'local origins only',
    () => project.setEnv({ ALLOWED_ORIGINS: 'http://localhost:3000' }),
    'allowed-origins',
    'warning',
    /this machine/,
  ],
  [
    'the example as origin',
    () => project.setEnv({ ALLOWED_ORIGINS: 'https://www.example.com' }),
    'allowed-origins',
    'warning',
    /the example/,
  ],
  [
    'a handler that the platform refuses',
    () => replaceInPackage('"2.0.1"', '"2.1.0"'),
    'runtime-handler',
    'problem',
    /2\.1\.0/,
  ],
  [
    'a handler that is a range',
    () => replaceInPackage('"2.0.1"', '"^2.0.1"'),
    'runtime-handler',
    'problem',
    /\^2\.0\.1/,
  ],
  [
    'no symlink for the toolkit',
    () => rmSync(join(project.folder, '.twilioserverlessrc')),
    'toolkit-config',
    'problem',
    /missing/,
  ],
  [
    'a runtime that has ended',
    () => project.write('.twilioserverless', project.read('.twilioserverless').replace('node22', 'node18')),
    'toolkit-config',
    'problem',
    /node18/,
  ],
  [
    'a Service of another account',
    () => project.setEnv({ CONVERSATIONS_SERVICE_SID: unknown('IS') }),
    'service',
    'problem',
    /not in this account/,
  ],
  [
    "a Service that isn't Flex's",
    () => project.setEnv({ CONVERSATIONS_SERVICE_SID: world().conversations.services.create('Other').sid }),
    'service',
    'problem',
    /not Flex's/,
  ],
  [
    'another default Service',
    () =>
      Object.assign(world().conversations, {
        defaultServiceSid: world().conversations.services.create('Other').sid,
      }),
    'service',
    'problem',
    /default/,
  ],
  [
    'a key of another account',
    () => project.setEnv({ TWILIO_API_KEY_SID: unknown('SK') }),
    'api-key',
    'problem',
    /not in this account/,
  ],
  [
    'a wrong key secret',
    () => project.setEnv({ TWILIO_API_KEY_SECRET: 'w'.repeat(32) }),
    'api-key',
    'problem',
    /not the secret/,
  ],
  [
    'a Workspace of another account',
    () => project.setEnv({ TASKROUTER_WORKSPACE_SID: unknown('WS') }),
    'workspace',
    'problem',
    /not in this account/,
  ],
  [
    "a Workspace that isn't Flex's",
    () => project.setEnv({ TASKROUTER_WORKSPACE_SID: world().taskrouter.workspaces.create('Other').sid }),
    'workspace',
    'problem',
    /not Flex's/,
  ],
  [
    'nobody at work',
    () =>
      client()
        .taskrouter.v1.workspaces(project.emulator.account.workspaceSid)
        .workers(project.emulator.account.workerSid)
        .remove(),
    'workspace',
    'warning',
    /no Worker/,
  ],
  [
    'a Flow of another account',
    () => project.setEnv({ STUDIO_FLOW_SID: unknown('FW') }),
    'flow',
    'problem',
    /not in this account/,
  ],
  ['a Flow that is a draft', () => editFlow((text) => text, 'draft'), 'flow', 'problem', /not published/],
  [
    'a Flow that leads nowhere',
    () =>
      editFlow((text) =>
        text.replace(
          '{"next":"send_to_flex","event":"incomingConversationMessage"}',
          '{"event":"incomingConversationMessage"}',
        ),
      ),
    'flow',
    'problem',
    /does not lead/,
  ],
  [
    'a Flow with a foreign Workflow',
    () => editFlow((text) => text.replace(/WW[0-9a-f]{32}/, unknown('WW'))),
    'flow',
    'problem',
    /Workflow WWf/,
  ],
  [
    'a Flow with a foreign TaskChannel',
    () => editFlow((text) => text.replace(/TC[0-9a-f]{32}/, unknown('TC'))),
    'flow',
    'problem',
    /TaskChannel TCf/,
  ],
  [
    'a Flow edited by hand',
    () => editFlow((text) => text.replace('Sorry', 'Alas')),
    'flow',
    'warning',
    /not the one/,
  ],
  ['wrong credentials', () => project.setEnv({ AUTH_TOKEN: 'wrong' }), 'account', 'problem', /Authenticate/],
  [
    'nothing deployed',
    () => world().serverless.removeService(world().serverless.services.list()[0]!),
    'deployment',
    'warning',
    /Nothing is deployed/,
  ],
  [
    'another build here',
    () => project.build(['token.js', 'more.js']),
    'deployment',
    'warning',
    /another build/,
  ],
  [
    'a setting that was not deployed',
    () => project.setEnv({ TOKEN_TTL_SECONDS: '600' }),
    'variables',
    'warning',
    /TOKEN_TTL_SECONDS/,
  ],
  [
    'an emulator setting in the cloud',
    () => deployVariable('TWILIO_API_BASE_URL', 'http://127.0.0.1:4010'),
    'variables',
    'problem',
    /TWILIO_API_BASE_URL/,
  ],
  [
    'no event URL',
    () => Object.assign(workspace(), { eventCallbackUrl: '' }),
    'event-urls',
    'problem',
    /go nowhere/,
  ],
  [
    "somebody else's event URL",
    () => Object.assign(workspace(), { eventCallbackUrl: 'https://other.test/' }),
    'event-urls',
    'warning',
    /other\.test/,
  ],
];

it.each(ROWS)('names %s', async (_what, breakIt, check, status, message) => {
  await breakIt();
  // .env says what is wrong with the credentials, as it does for a person who runs this in a new terminal.
  const { ACCOUNT_SID: _account, AUTH_TOKEN: _token, ...environment } = project.environment();

  const found = (await examine(new Project(project.folder), environment)).filter(
    (finding) => finding.status !== 'ok',
  );

  expect(found).toEqual(
    expect.arrayContaining([
      { check, status, message: expect.stringMatching(message), remedy: expect.stringMatching(/\S/) },
    ]),
  );
});

it('ends with 1 where there is a problem, and speaks JSON when asked', async () => {
  project.setEnv({ ALLOWED_ORIGINS: '*' });

  const code = await doctor({ ...project.options(), args: ['--json'] });

  expect(code).toBe(1);
  expect(JSON.parse(project.lines.at(-1)!)).toEqual(
    expect.arrayContaining([expect.objectContaining({ check: 'allowed-origins', status: 'problem' })]),
  );
});

it('shows no secret, whatever is wrong', async () => {
  const secret = 'do-not-show-me-'.repeat(40);
  project.setEnv({ TWILIO_API_KEY_SECRET: secret, USER_TOKEN_SECRET: secret });

  await doctor(project.options());

  expect(project.output).not.toContain('do-not-show-me');
  expect(project.output).not.toContain(project.emulator.account.authToken);
});

function workspace() {
  return world().taskrouter.workspaces.find(project.emulator.account.workspaceSid)!;
}

function deployVariable(key: string, value: string): void {
  const { environments, services } = world().serverless;
  environments.setVariable(environments.ofService(services.list()[0]!.sid)[0]!, key, value);
}
