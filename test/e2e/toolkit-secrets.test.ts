/** However and whenever a deploy ends, no file contains a secret afterwards. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ToolkitProject } from '../support/toolkit';

const root = join(__dirname, '..', '..');
const SECRET = 'a-secret-that-no-file-may-hold-0123456789';
const SETTINGS = { ACCOUNT_SID: `AC${'0'.repeat(32)}`, AUTH_TOKEN: SECRET, TWILIO_API_KEY_SECRET: SECRET };

let twilio: Server;
let project: ToolkitProject;
let temporary: string;

beforeEach(async () => {
  // Accepts the toolkit's first call and never answers, so that the deploy lasts as long as a test needs.
  twilio = createServer();
  await new Promise<void>((resolve) => twilio.listen(0, '127.0.0.1', resolve));
  project = new ToolkitProject({ 'dist/functions/token.js': 'exports.handler = () => undefined;' });
  temporary = mkdtempSync(join(tmpdir(), 'deploy-toolkit-'));
});
afterEach(async () => {
  await new Promise((resolve) => twilio.close(resolve));
  project.remove();
  rmSync(temporary, { recursive: true });
});

function filesWithSecret(): string[] {
  return [temporary, project.folder].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .filter((file) => readFileSync(file, 'utf8').includes(SECRET)),
  );
}

it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)('leaves none after %s', async (signal) => {
  const called = once(twilio, 'connection');
  const { port } = twilio.address() as AddressInfo;
  const child = spawn(
    process.execPath,
    [
      '--require',
      'tsx/cjs',
      join(root, 'test/support/deploy-toolkit.ts'),
      project.folder,
      JSON.stringify(SETTINGS),
    ],
    {
      cwd: root,
      env: { PATH: process.env['PATH'], TMPDIR: temporary, HTTP_PROXY: `http://127.0.0.1:${port}` },
      stdio: 'ignore',
      // As in a terminal: Ctrl-C sends the signal to the whole group.
      detached: true,
    },
  );
  const ended = once(child, 'exit');
  const [socket] = (await called) as [Socket];
  expect(filesWithSecret()).toEqual([]);

  process.kill(signal === 'SIGINT' ? -child.pid! : child.pid!, signal);

  await ended;
  socket.destroy();
  expect(filesWithSecret()).toEqual([]);
});
