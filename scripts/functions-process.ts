/** The real `twilio-run` as a child process, serving the `dist` of a project folder. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(__dirname, '..');

export interface FunctionsProcess {
  /** Settles when twilio-run has ended, with its exit code. */
  ended: Promise<number | null>;
  stop(): Promise<void>;
}

/**
 * Starts twilio-run and waits until it serves. `--no-fork-process --no-live` keeps modules loaded between calls, as a
 * warm instance in the cloud does; the default forks a process for every call, which takes some 400 ms each.
 */
export async function startFunctions(
  envFile: string,
  port: number,
  { cwd = root, log = 'inherit' as 'inherit' | 'ignore' } = {},
): Promise<FunctionsProcess> {
  const child = spawn(
    process.execPath,
    [
      require.resolve('twilio-run/bin/twilio-run.js'),
      'start',
      ...['--env', envFile, '--port', String(port), '--no-fork-process', '--no-live'],
    ],
    { cwd, stdio: ['ignore', log, 'pipe'], env: { ...process.env, NO_UPDATE_NOTIFIER: '1' } },
  );
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  await untilServing(child, ended);
  if (log === 'inherit') child.stderr!.pipe(process.stderr, { end: false });
  return {
    ended,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** twilio-run prints the list of its Functions on stderr once it listens; nobody needs it. What comes after are errors. */
async function untilServing(child: ChildProcess, ended: Promise<number | null>): Promise<void> {
  let banner = '';
  const serving = new Promise<void>((resolve) => {
    child.stderr!.on('data', function collect(chunk: Buffer) {
      banner += chunk.toString();
      if (!banner.includes('http://localhost')) return;
      child.stderr!.off('data', collect);
      // Read on, whoever listens: a full pipe would stop twilio-run.
      child.stderr!.resume();
      resolve();
    });
  });
  const failed = ended.then((code) => {
    throw new Error(`twilio-run ended with code ${code}:\n${banner}`);
  });
  await Promise.race([serving, failed]);
  failed.catch(() => undefined);
}
