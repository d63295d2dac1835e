/** Unreadable settings and files, for every command that reads them: two lines, no stack. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { deploy } from '../../infra/deploy';
import { doctor } from '../../infra/doctor';
import { provision } from '../../infra/provision';
import { smoke } from '../../infra/smoke';
import { sweep } from '../../infra/sweep';
import { teardown } from '../../infra/teardown';
import { Remedy, type CommandOptions } from '../../infra/terminal';
import { InfraProject } from '../support/infra-project';
import { runNode } from '../support/toolkit';

const root = join(__dirname, '..', '..');
let project: InfraProject;

beforeAll(async () => {
  project = await InfraProject.start();
  await provision(project.options());
});
afterAll(() => project.stop());

type Command = (options: CommandOptions) => Promise<unknown>;
/** The commands that read the account; deploy checks first, as the doctor does. */
const COMMANDS: Record<string, Command> = { provision, doctor, deploy, smoke, sweep, teardown };
const DEPLOYED = 'https://flex-custom-chat-1-dev.twil.io';

type Row = [what: string, variables: Record<string, string>, said: RegExp, commands?: string[]];

const BASE_URL = /TWILIO_API_BASE_URL in the environment must be a http:\/\/ URL with a loopback address/;
const VARIABLES: Row[] = [
  ['a word for a URL', { TWILIO_API_BASE_URL: 'garbage' }, BASE_URL],
  ['a URL of another protocol', { TWILIO_API_BASE_URL: 'ftp://127.0.0.1' }, BASE_URL],
  ['a URL of another machine', { TWILIO_API_BASE_URL: 'http://twilio.test' }, BASE_URL],
  ['a word for the realtime URL', { TWILIO_REALTIME_URL: 'garbage' }, /TWILIO_REALTIME_URL .*ws:/, ['smoke']],
  ['a word for the account', { ACCOUNT_SID: 'garbage' }, /ACCOUNT_SID is not AC and 32/],
];
const cases = VARIABLES.flatMap(([what, variables, said, commands = Object.keys(COMMANDS)]) =>
  commands.map((command) => ({ what, variables, said, command })),
);

/** The user's view: two lines for a Remedy, the findings for the doctor. Any other error has a stack. */
async function run(
  name: string,
  args: string[] = [],
  variables: Record<string, string> = {},
): Promise<string> {
  project.lines.length = 0;
  const environment = { ...project.environment(), ...variables };
  const positionals = name === 'smoke' ? [DEPLOYED] : [];
  try {
    const code = await COMMANDS[name]!({
      ...project.options(),
      environment,
      args: [...positionals, ...args],
    });
    return code === 1 ? project.output : `ended with ${String(code ?? 0)}`;
  } catch (error) {
    if (!(error instanceof Remedy)) throw error;
    return `${error.message}\n${error.remedy}`;
  }
}

it.each(cases)('$command reports $what', async ({ command, variables, said }) => {
  expect(await run(command, [], variables)).toMatch(said);
});

it.each([
  ['{ "AC', /\.twiliodeployinfo is not valid JSON[.:][\s\S]*Delete it/],
  ['[]', /\.twiliodeployinfo must contain a JSON object\.[\s\S]*Delete it/],
  ['null', /\.twiliodeployinfo must contain a JSON object/],
])('reports that .twiliodeployinfo is invalid: %s', async (text, said) => {
  project.write('.twiliodeployinfo', text);

  for (const command of ['provision', 'doctor', 'teardown']) {
    expect(await run(command)).toMatch(said);
  }
  rmSync(join(project.folder, '.twiliodeployinfo'));
});

it.each(['{"AC1": null}', '{"AC1:us1": {"serviceSid": 7}}', '{}'])(
  'finds the Service by its name if .twiliodeployinfo is %s',
  async (text) => {
    project.write('.twiliodeployinfo', text.replace('AC1', project.emulator.account.accountSid));

    expect(await run('provision')).toBe('ended with 0');
    rmSync(join(project.folder, '.twiliodeployinfo'));
  },
);

it.each([
  ['package.json', /package\.json is not valid JSON.*\nRestore it: git checkout package\.json/],
  ['infra/studio/custom-chat-to-flex.json', /custom-chat-to-flex\.json is not valid JSON.*\nCorrect/],
])('reports that %s is broken', async (file, expected) => {
  const text = project.read(file);
  project.write(file, '{');

  const said = await run('provision');

  project.write(file, text);
  expect(said).toMatch(expected);
});

it.each(['.env', '.env.example'])('reports that %s is a folder', async (file) => {
  const text = project.read(file);
  rmSync(join(project.folder, file));
  mkdirSync(join(project.folder, file));

  const said = await run('provision');

  rmSync(join(project.folder, file), { recursive: true });
  project.write(file, text);
  expect(said).toMatch(new RegExp(`^${file} cannot be read`));
});

it.each([
  'CONVERSATIONS_SERVICE_SID',
  'TASKROUTER_WORKSPACE_SID',
  'STUDIO_FLOW_SID',
  'SYNC_SERVICE_SID',
  'TWILIO_API_KEY_SID',
])('reports %s if it would lead to another address of Twilio', async (name) => {
  const text = project.env();
  project.setEnv({ [name]: 'IS00000000000000000000000000000001/../../Services' });

  const [doctorSaid, deploySaid] = [await run('doctor'), await run('deploy')];

  project.write('.env', text);
  for (const said of [doctorSaid, deploySaid]) expect(said).toMatch(new RegExp(`${name} `));
});

it.each(['STUDIO_FLOW_SID', 'TWILIO_API_KEY_SID'])(
  'provision finds or creates %s if it is malformed',
  async (name) => {
    project.setEnv({ [name]: 'FW00000000000000000000000000000001/../../Services' });

    expect(await run('provision')).toBe('ended with 0');
    expect(project.env()).toMatch(new RegExp(`^${name}=[A-Z]{2}[0-9a-f]{32}$`, 'm'));
  },
);

it.each(['provision', 'sweep', 'teardown'])('%s treats an empty AUTH_TOKEN as missing', async (command) => {
  const text = project.env();
  project.setEnv({ AUTH_TOKEN: undefined });

  const said = await run(command, [], { AUTH_TOKEN: '' });

  project.write('.env', text);
  expect(said).toMatch(/^AUTH_TOKEN of AC\w+ is not set/);
});

it.each(['', 'production', 'a b', 'x'.repeat(17)])(
  'rejects --environment "%s", and does not deploy to production',
  async (name) => {
    for (const command of ['provision', 'doctor', 'deploy', 'teardown']) {
      expect(await run(command, ['--environment', name])).toMatch(/--production/);
    }
    expect(project.emulator.world.serverless.services.list()).toEqual([]);
  },
);

it('prints two lines on a terminal', async () => {
  const environment = { ...project.environment(), TWILIO_API_BASE_URL: 'garbage' };

  const { code, output } = await runNode(
    [join(root, 'scripts/run.mjs'), 'infra/sweep.ts'],
    project.folder,
    environment,
  );

  expect(code).toBe(1);
  expect(output.trim()).toMatch(/^Stopped: TWILIO_API_BASE_URL .* Next: Unset it, or set it to an emulator/);
});
