/** The real toolkit as a child process, in a separate folder, directed to the emulator by its environment alone. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ConnectProxy } from '../../emulator/proxy/connect-proxy';

const root = join(__dirname, '..', '..');

export interface Outcome {
  code: number;
  /** stdout and stderr as one text, without the toolkit's frames and line breaks. */
  output: string;
}

/**
 * A folder that the toolkit accepts as a project: our configuration and package.json, the given files, our
 * node_modules.
 */
export class ToolkitProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'toolkit-project-'));

  constructor(files: Record<string, string> = {}) {
    for (const name of ['package.json', '.twilioserverless'])
      cpSync(join(root, name), join(this.folder, name));
    // The toolkit requires a folder of that name before it reads its configuration.
    mkdirSync(join(this.folder, 'src'));
    symlinkSync('.twilioserverless', join(this.folder, '.twilioserverlessrc'));
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'), 'dir');
    this.write(files);
  }

  write(files: Record<string, string>): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, name)), { recursive: true });
      writeFileSync(join(this.folder, name), content);
    }
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** `twilio-run <args>`, with the credentials in the project's `.env`. */
  run(proxy: ConnectProxy, ...args: string[]): Promise<Outcome> {
    return runNode(
      [require.resolve('twilio-run/bin/twilio-run.js'), ...args],
      this.folder,
      proxyEnvironment(proxy),
    );
  }
}

export function proxyEnvironment(proxy: ConnectProxy): Record<string, string> {
  return { HTTP_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: proxy.caFile };
}

/** Runs a Node program to its end. It inherits only the PATH. */
export function runNode(args: string[], cwd: string, env: Record<string, string>): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { cwd, env: { PATH: process.env['PATH']!, HOME: cwd, NO_UPDATE_NOTIFIER: '1', ...env } };
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      resolve({
        code: error ? Number(error.code ?? 1) : 0,
        output: (stdout + stderr).replace(/[\s│·]+/g, ' '),
      });
    });
  });
}
