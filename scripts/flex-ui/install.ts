/** Installs packages into a separate folder with npm, with a progress line. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Remedy } from '../../infra/terminal';

/** Number of packages per line, without a terminal that can update a line. */
const LINE_EVERY = 100;
/** Lines of npm's output in an error. */
const LAST_WORDS = 20;

/** `about` is the expected number of packages, for the progress. Rejects with npm's output. */
export async function installPackages(
  folder: string,
  dependencies: Record<string, string>,
  about: number,
): Promise<void> {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const [command, ...before] = process.env['npm_execpath']
    ? [process.execPath, process.env['npm_execpath']]
    : ['npm'];
  const npm = spawn(
    command!,
    // Scripts of foreign packages are disabled; the caller lists the peers. npm's log shows which packages have
    // arrived.
    [
      ...before,
      'install',
      '--ignore-scripts',
      '--legacy-peer-deps',
      '--no-audit',
      '--no-fund',
      '--loglevel=http',
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  // Ctrl-C also reaches npm. Both are awaited, so that the folder can be removed.
  const stop = (): void => void npm.kill('SIGTERM');
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const progress = new Progress(about);
  const words: string[] = [];
  createInterface(npm.stderr).on('line', (line) => {
    if (/\.tgz\b/.test(line)) progress.see(line.replace(/^.*?([\w.-]+\.tgz).*$/, '$1'));
    else if (!/^npm (http|warn)/.test(line)) words.push(line);
  });
  try {
    const [code] = (await once(npm, 'close')) as [number | null];
    if (code !== 0) {
      throw new Remedy(
        `npm could not install it:\n${words.slice(-LAST_WORDS).join('\n')}`,
        'Check that npm reaches its registry, then try again.',
      );
    }
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    progress.end();
  }
}

class Progress {
  private readonly seen = new Set<string>();

  constructor(private readonly about: number) {}

  see(archive: string): void {
    if (this.seen.has(archive)) return;
    this.seen.add(archive);
    const line = `Downloading: ${this.seen.size} of about ${this.about} packages`;
    if (process.stderr.isTTY) process.stderr.write(`\r${line}`);
    else if (this.seen.size % LINE_EVERY === 0) process.stderr.write(`${line}\n`);
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\n');
  }
}
