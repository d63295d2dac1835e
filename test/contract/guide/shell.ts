/** The shell of a developer who follows Twilio's guide: bash, the real curl and twilio-cli, and the proxy. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Emulator } from '../../../emulator/emulator';
import { ConnectProxy } from '../../../emulator/proxy/connect-proxy';

const CLI_FOLDER = join(__dirname, '..', 'node_modules', '.bin');

export interface Finished {
  exitCode: number;
  stdout: string;
  stderr: string;
}

export class GuideShell {
  private constructor(
    readonly emulator: Emulator,
    readonly proxy: ConnectProxy,
    private readonly home: string,
  ) {}

  static async open(): Promise<GuideShell> {
    const home = mkdtempSync(join(tmpdir(), 'guide-'));
    const emulator = await Emulator.start({ port: 0 });
    const proxy = await ConnectProxy.start({ port: 0, emulatorUrl: emulator.url, folder: join(home, 'ca') });
    return new GuideShell(emulator, proxy, home);
  }

  run(command: string): Promise<Finished> {
    const { url, caFile } = this.proxy;
    const { accountSid, authToken } = this.emulator.account;
    const env = {
      PATH: CLI_FOLDER + delimiter + process.env['PATH'],
      // twilio-cli stores its settings there; the user's own must have no effect.
      HOME: this.home,
      TWILIO_ACCOUNT_SID: accountSid,
      TWILIO_AUTH_TOKEN: authToken,
      // twilio-cli and Node read HTTP_PROXY and NODE_EXTRA_CA_CERTS, curl the other two.
      HTTP_PROXY: url,
      HTTPS_PROXY: url,
      NODE_EXTRA_CA_CERTS: caFile,
      CURL_CA_BUNDLE: caFile,
      // Otherwise each command asks the registry for a newer version.
      TWILIO_SKIP_NEW_VERSION_CHECK: 'true',
    };
    return new Promise((resolve) => {
      execFile('bash', ['-c', command], { env, cwd: this.home }, (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : Number(error.code);
        resolve({ exitCode, stdout, stderr });
      });
    });
  }

  async close(): Promise<void> {
    await this.proxy.stop();
    await this.emulator.stop();
    rmSync(this.home, { recursive: true, force: true });
  }
}
