/** If npm, its shell or node ends by any signal, everything that `npm start` has started ends too. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePorts } from '../support/free-ports';
import { isRunning, treeOf } from '../support/process-tree';
import { runNode } from '../support/toolkit';
import { buildIfNeeded } from '../../scripts/build-if-needed';

const root = join(__dirname, '..', '..');
/** The README's promise, doubled for a busy machine. */
const MAX_HOLD_MS = 6000;
const LOOK_EVERY_MS = 50;

async function npmStart(): Promise<ChildProcess> {
  const [port, emulatorPort, proxyPort] = await freePorts(3);
  const ports = [`--port=${port}`, `--emulator-port=${emulatorPort}`, `--proxy-port=${proxyPort}`];
  const npm = spawn('npm', ['start', '--', ...ports], {
    cwd: root,
    // A separate group, as in a terminal.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes('Ctrl-C stops')) resolve();
    };
    npm.stdout!.on('data', collect);
    npm.stderr!.on('data', collect);
    npm.once('exit', () => reject(new Error(output)));
  });
  return npm;
}

/** Their names in `ps`. */
const TARGETS = { npm: /^npm/, shell: /sh$/, node: /^(node|MainThread)/, 'twilio-run': /^twilio-run/ };
/** Not SIGINT: npm and its shell leave it to their child, and continue. */
const SIGNALS = ['SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGKILL'] as const;

async function leftAfter(name: RegExp, signal: NodeJS.Signals): Promise<string[]> {
  const tree = treeOf((await npmStart()).pid!);
  // Of several shells, the one that npm started.
  process.kill(tree.find((one) => name.test(one.name))!.pid, signal);
  return leftOf(tree);
}

async function leftOf(tree: ReturnType<typeof treeOf>): Promise<string[]> {
  let left = tree.filter(isRunning);
  for (let waited = 0; left.length > 0 && waited < MAX_HOLD_MS; waited += LOOK_EVERY_MS) {
    await wait(LOOK_EVERY_MS);
    left = tree.filter(isRunning);
  }
  for (const { pid } of left) process.kill(pid, 'SIGKILL');
  return left.map((one) => one.name);
}

// Four parallel starts must not build the same folder.
beforeAll(() => buildIfNeeded(() => undefined));

it.each(SIGNALS)('npm start leaves no process, whichever of its processes is ended by %s', async (signal) => {
  const entries = Object.entries(TARGETS);
  const left = await Promise.all(entries.map(([, name]) => leftAfter(name, signal)));

  expect(Object.fromEntries(entries.map(([target], index) => [target, left[index]]))).toEqual({
    npm: [],
    shell: [],
    node: [],
    'twilio-run': [],
  });
});

it('npm start leaves no process after Ctrl-C, which goes to the whole group', async () => {
  const { pid } = await npmStart();
  const tree = treeOf(pid!);

  process.kill(-pid!, 'SIGINT');

  expect(await leftOf(tree)).toEqual([]);
});

it('an address that this machine does not have ends it in two lines, and leaves no process', async () => {
  const [port, emulatorPort, proxyPort] = await freePorts(3);
  const ports = [`--port=${port}`, `--emulator-port=${emulatorPort}`, `--proxy-port=${proxyPort}`];
  const start = ['scripts/run.mjs', 'scripts/start.ts', '--host', '203.0.113.9', ...ports];

  const { code, output } = await runNode(start, root, {});

  expect(code).toBe(1);
  expect(output).toMatch(/Stopped: The Functions cannot listen on 203\.0\.113\.9.*\s+Next: Give --host/);
});
