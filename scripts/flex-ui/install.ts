/** Installs packages into a separate folder with npm: with progress, a retry after a network failure, and a time limit. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Remedy } from '../../infra/terminal';
import { Progress } from './progress';

/** Lines of npm's output in an error. */
const LAST_WORDS = 20;
/** The second try finds the downloads of the first in npm's cache. */
const TRIES = 2;
/** It takes one minute on a fast line; a longer run is reported as a problem. */
const LIMIT_MS = 600_000;
/** Codes of npm and Node for failures that a retry may fix. An unreachable registry is not among them. */
const OF_THE_NETWORK =
  /\b(ECONNRESET|ECONNABORTED|ETIMEDOUT|EAI_AGAIN|EPIPE|ERR_SOCKET\w*|EIDLETIMEOUT|EINTEGRITY|E429|E5\d\d)\b/;

const FLAGS = [
  // Scripts of foreign packages are disabled; the caller lists the peers. The log shows which packages have arrived.
  ...['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=http'],
  // npm's own retries of each file, over some 6 seconds: it requests the first files in sequence.
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
          'Check the connection to the registry, and try again: downloaded packages stay in the cache.',
        );
      }
      const said = words.slice(-LAST_WORDS).join('\n');
      if (attempt === TRIES || !OF_THE_NETWORK.test(said)) {
        throw new Remedy(
          `npm could not install it:\n${said}`,
          'Check that npm reaches its registry, then try again.',
        );
      }
      progress.note('The network failed. Retrying …');
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
