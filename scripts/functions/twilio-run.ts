/** The real `twilio-run` as a child process that serves the `dist` of a project folder on a socket. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** It takes about a second, and many times that on a busy machine. */
const START_TIMEOUT_MS = 60_000;

export interface TwilioRun {
  socket: string;
  /** Resolves when twilio-run ends, with its exit code. */
  ended: Promise<number | null>;
  /** Makes it load changed Functions and assets again. Only if it is `live`. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

export interface TwilioRunOptions {
  cwd: string;
  envFile: string;
  /** The port that Functions see as theirs. */
  port: number;
  log: 'inherit' | 'ignore';
  /** For `node --inspect`: a port, or an address and a port. */
  inspect?: string | undefined;
  /** Functions will change while it runs. */
  live?: boolean | undefined;
}

/**
 * Starts twilio-run and waits until it serves. `--no-fork-process --no-live` keeps modules loaded between calls, like a
 * warm instance in the cloud; the default forks a process for every call, which takes some 400 ms each.
 */
export async function startTwilioRun(options: TwilioRunOptions): Promise<TwilioRun> {
  const { cwd, envFile, port, log, inspect, live = false } = options;
  const folder = mkdtempSync(join(tmpdir(), 'functions-'));
  const socket =
    process.platform === 'win32' ? `\\\\.\\pipe\\${folder.replace(/\W/g, '-')}` : join(folder, 'socket');
  const child = spawn(
    process.execPath,
    [
      ...(inspect === undefined ? [] : [`--inspect=${inspect}`]),
      ...(live
        ? ['--enable-source-maps', '--require', join(__dirname, '..', 'dev', 'reload-functions.cjs')]
        : []),
      ...['--require', join(__dirname, 'private-listener.cjs')],
      require.resolve('twilio-run/bin/twilio-run.js'),
      // The real file: without symlink support, the link is a text file.
      ...['start', '--config', '.twilioserverless', '--env', envFile, '--port', String(port)],
      ...['--no-fork-process', '--no-live'],
    ],
    {
      cwd,
      stdio: ['ignore', log, 'pipe', ...(live ? ['ipc' as const] : [])],
      env: { ...process.env, NO_UPDATE_NOTIFIER: '1', FUNCTIONS_SOCKET: socket },
    },
  );
  const ended = once(child, 'exit').then(([code]) => {
    rmSync(folder, { recursive: true, force: true });
    return code as number | null;
  });
  await untilServing(child, ended);
  if (log === 'inherit') child.stderr!.pipe(process.stderr, { end: false });
  return {
    socket,
    ended,
    async reload() {
      const reloaded = once(child, 'message');
      // As Node names the files that it has loaded.
      child.send(realpathSync(join(cwd, 'dist')));
      await Promise.race([reloaded, ended]);
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** twilio-run prints the list of its Functions on stderr once it listens; the list is discarded. Later output is errors. */
async function untilServing(child: ChildProcess, ended: Promise<number | null>): Promise<void> {
  let banner = '';
  const serving = new Promise<void>((resolve) => {
    child.stderr!.on('data', function collect(chunk: Buffer) {
      banner += chunk.toString();
      if (!banner.includes('http://localhost')) return;
      child.stderr!.off('data', collect);
      // Keeps reading: a full pipe would stop twilio-run.
      child.stderr!.resume();
      resolve();
    });
  });
  const failed = ended.then((code) => {
    throw new Error(`twilio-run ended with code ${code}:\n${banner}`);
  });
  failed.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`twilio-run did not start within ${START_TIMEOUT_MS / 1000} s:\n${banner}`));
    }, START_TIMEOUT_MS);
  });
  try {
    await Promise.race([serving, failed, late]);
  } finally {
    clearTimeout(timer);
  }
}
