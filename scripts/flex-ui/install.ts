/** Packages into a folder of their own, by npm: with progress, another try where the network fails, and a limit of time. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Remedy } from '../../infra/terminal';
import { Progress } from './progress';

/** Lines of npm's output in an error. */
const LAST_WORDS = 20;
/** What the first try has downloaded is in npm's cache for the second. */
const TRIES = 2;
/** It takes one minute on a fast line; whoever waits longer should know. */
const LIMIT_MS = 600_000;
/** npm's own codes and Node's for what may go well the next time. Where nothing answers at all, it will not. */
const OF_THE_NETWORK =
  /\b(ECONNRESET|ECONNABORTED|ETIMEDOUT|EAI_AGAIN|EPIPE|ERR_SOCKET\w*|EIDLETIMEOUT|EINTEGRITY|E429|E5\d\d)\b/;

const FLAGS = [
  // No scripts of foreign packages; peers are named by the caller. The log tells which packages have come.
  ...['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=http'],
  // npm's own tries of each file, over some 6 seconds: it asks for the first files one after the other.
  ...['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'],
  '--fetch-timeout=60000',
];

interface Outcome {
  code: number | null;
  words: string[];
  isLate: boolean;
}

/** `about` is the expected number of packages, for the progress. Rejects with npm's output. */
export async function installPackages(
  folder: string,
  dependencies: Record<string, string>,
  about: number,
): Promise<void> {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const progress = new Progress(about);
  try {
    for (let attempt = 1; ; attempt++) {
      const { code, words, isLate } = await install(folder, progress);
      if (code === 0) return;
      if (isLate) {
        throw new Remedy(
          `npm has not installed it within ${LIMIT_MS / 60_000} minutes.`,
          'See how npm reaches its registry, and try again: what has come stays in its cache.',
        );
      }
      const said = words.slice(-LAST_WORDS).join('\n');
      if (attempt === TRIES || !OF_THE_NETWORK.test(said)) {
        throw new Remedy(
          `npm could not install it:\n${said}`,
          'Check that npm reaches its registry, then try again.',
        );
      }
      progress.note('The network failed. Once more …');
    }
  } finally {
    progress.end();
  }
}

async function install(folder: string, progress: Progress): Promise<Outcome> {
  const npm = startNpm(folder);
  let isLate = false;
  // Ctrl-C also reaches npm. Both are awaited, so that the folder can be removed.
  const stop = (): void => void npm.kill('SIGTERM');
  const limit = setTimeout(() => {
    isLate = true;
    stop();
  }, LIMIT_MS);
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const words: string[] = [];
  createInterface(npm.stderr!).on('line', (line) => {
    if (/\.tgz\b/.test(line)) progress.see(line.replace(/^.*?([\w.-]+\.tgz).*$/, '$1'));
    else if (!/^npm (http|warn)/.test(line)) words.push(line);
  });
  try {
    const [code] = (await once(npm, 'close')) as [number | null];
    return { code, words, isLate };
  } finally {
    clearTimeout(limit);
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function startNpm(folder: string): ChildProcess {
  const [command, ...before] = process.env['npm_execpath']
    ? [process.execPath, process.env['npm_execpath']]
    : ['npm'];
  return spawn(command!, [...before, 'install', ...FLAGS], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}
