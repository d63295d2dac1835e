/** An empty folder in which the package is installed as `npm pack` makes it, without the rest of this repository. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { HANGING_MS } from './timeouts';

const ROOT = join(__dirname, '..', '..');

export interface Finished {
  code: number;
  output: string;
}

export class ForeignProject {
  private constructor(readonly folder: string) {}

  /** `packages` are installed beside it, with their versions. */
  static async create(packages: string[] = []): Promise<ForeignProject> {
    const project = new ForeignProject(mkdtempSync(join(tmpdir(), 'foreign project ')));
    project.write({ 'package.json': '{ "name": "foreign", "private": true }' });
    const packed = await run('npm', ['pack', '--pack-destination', project.folder], join(ROOT, 'emulator'));
    const tarball = packed.output.trim().split('\n').at(-1)!;
    const args = ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${tarball}`, ...packages];
    const installed = await run('npm', args, project.folder);
    if (installed.code !== 0) throw new Error(installed.output);
    return project;
  }

  write(files: Record<string, string>): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), content);
    }
  }

  /** One of the installed programs, to its end. */
  bin(name: string, ...args: string[]): Promise<Finished> {
    return run(process.execPath, [join(this.folder, 'node_modules', '.bin', name), ...args], this.folder);
  }

  node(...args: string[]): Promise<Finished> {
    return run(process.execPath, args, this.folder);
  }

  /** A program that keeps running; its output can be read. */
  start(name: string, ...args: string[]): ChildProcess {
    return spawn(process.execPath, [join(this.folder, 'node_modules', '.bin', name), ...args], {
      cwd: this.folder,
      env: environment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Without what Jest and npm have put there for this project's own tests. */
function environment(): NodeJS.ProcessEnv {
  const strange = /^(npm_|JEST_|NODE_ENV$|NODE_OPTIONS$|EMULATOR_|BUILT_DIST$|INIT_CWD$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !strange.test(name)));
}

export function run(command: string, args: string[], cwd: string): Promise<Finished> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd, env: environment(), timeout: HANGING_MS }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, output: code === 0 ? stdout : stdout + stderr });
    });
  });
}
