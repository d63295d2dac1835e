/** A Node program that uses the client ends by itself, whatever the realtime service still owes it: no `process.exit()`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useFunctions } from '../support/functions-world';

const root = join(__dirname, '..', '..');

/** From its last line on. Less than the 30 s after which the SDK gives up a request. */
const ENDS_WITHIN_MS = 15_000;

describe('a Node program', () => {
  const world = useFunctions({ ALLOWED_ORIGINS: 'no-origin' });
  const folder = mkdtempSync(join(tmpdir(), 'node-program-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeEach(() => {
    const { settings } = world.emulator.world.realtime;
    // For so long the SDK's Sync client waits for its subscriptions, closed or not.
    settings.estimatedDeliveryMs = 100;
    // After so long it would renew them.
    settings.subscriptionTtlSeconds = 60;
  });

  /** Starts a chat, and says what it does next. `reported` resolves when the test says so. Resolves with how it ended. */
  function run(
    next: string,
    reported: Promise<unknown>,
  ): Promise<{ output: string; end: number | string | null }> {
    const program = join(folder, 'program.mts');
    writeFileSync(
      program,
      `import { once } from 'node:events';
       import { createChat } from ${JSON.stringify(join(root, 'widget', 'chat', 'create-chat.ts'))};
       const chat = createChat({ functionsUrl: process.env.FUNCTIONS_URL!, remember: 'none' });
       const ending = once(process.stdin.resume(), 'end');
       const sent = new Promise<void>((resolve) => {
         chat.subscribe(({ items }) => {
           if (items.some((item) => item.kind === 'message' && item.status === 'sent')) resolve();
         });
       });
       void chat.send('hello');
       ${next}
       console.log('done');`,
    );
    const child = spawn(process.execPath, ['--import', 'tsx', program], {
      cwd: root,
      env: { PATH: process.env['PATH'], FUNCTIONS_URL: world.functions.url },
    });
    void reported.then(() => child.stdin.end());
    let output = '';
    let limit: NodeJS.Timeout | undefined;
    const read = (text: Buffer): void => {
      output += text.toString();
      if (output.includes('done')) limit ??= setTimeout(() => child.kill(), ENDS_WITHIN_MS);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    return once(child, 'close').then(([code, signal]) => {
      clearTimeout(limit);
      return { output, end: signal ?? code };
    });
  }

  it.each([
    [
      'the typing that it reported before the end',
      { on: 'request', path: 'Typing' } as const,
      'await sent; chat.typing(); await ending; await chat.end(); chat.destroy();',
    ],
    [
      'the SDK’s first request',
      { on: 'request', path: 'Configuration' } as const,
      'await ending; chat.destroy();',
    ],
    ['the SDK’s connection', { on: 'init' } as const, 'await ending; chat.destroy();'],
  ])('ends although %s is never answered', async (_what, fault, next) => {
    const { faults } = world.emulator.world.realtime;
    faults.add({ ...fault, status: 'none', times: Infinity });
    const met = new Promise((resolve) => faults.events.on('met', resolve));

    expect(await run(next, met)).toEqual({ output: 'done\n', end: 0 });
  });
});
