/** The snippets for host sites in docs/security.md, run unchanged if their language is installed. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SEEDS } from '../support/forbidden-words';
import { useFunctions, type StartedChat } from '../support/functions-world';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'security.md'), 'utf8');

interface Language {
  fence: string;
  command: string[];
  before?: string;
  /** Prints the token of the user 4711. */
  call: string;
}

const LANGUAGES: Language[] = [
  {
    fence: 'js',
    command: [process.execPath, '-'],
    call: `console.log(userToken({ id: 'customer-4711', name: '${SEEDS.otherName}' }))`,
  },
  {
    fence: 'php',
    command: ['php'],
    before: '<?php ',
    call: `echo userToken(['id' => 'customer-4711', 'name' => '${SEEDS.otherName}']);`,
  },
  {
    fence: 'python',
    command: ['python3', '-'],
    call: `print(user_token({"id": "customer-4711", "name": "${SEEDS.otherName}"}))`,
  },
  {
    fence: 'ruby',
    command: ['ruby', '-'],
    call: `puts user_token({ id: 'customer-4711', name: '${SEEDS.otherName}' })`,
  },
];

const snippetOf = (fence: string): string | undefined =>
  new RegExp(`^\`\`\`${fence}\\n(.*?)^\`\`\``, 'ms').exec(page)?.[1];
const isInstalled = ({ command }: Language): boolean =>
  spawnSync(command[0]!, ['--version'], { stdio: 'ignore' }).status === 0;

describe('a host site', () => {
  const world = useFunctions({ USER_TOKEN_SECRET: SEEDS.secret });

  it.each(LANGUAGES)('finds a snippet in $fence', ({ fence }) => {
    expect(snippetOf(fence)).toContain('USER_TOKEN_SECRET');
  });

  it.each(LANGUAGES.filter(isInstalled))('that uses the $fence snippet is accepted', async (language) => {
    const { fence, command, before = '', call } = language;
    const { stdout, stderr } = spawnSync(command[0]!, command.slice(1), {
      input: `${before}${snippetOf(fence)}\n${call}\n`,
      env: { ...process.env, USER_TOKEN_SECRET: SEEDS.secret },
      encoding: 'utf8',
    });
    expect(stderr).toBe('');

    const { status, body } = await world.post<StartedChat>('/start-chat', { userToken: stdout.trim() });

    expect(status).toBe(200);
    expect(body.identity).toMatch(/^user-/);
    expect(world.conversation(body.conversationSid).friendlyName).toBe(SEEDS.otherName);
  });
});
