/** A copy of what the commands of infra read, in a folder of its own, with an emulated account on its first day. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Emulator } from '../../emulator/emulator';

const root = join(__dirname, '..', '..');
const FILES = ['package.json', '.env.example', '.twilioserverless', '.twilioserverlessrc', 'infra/studio'];

export class InfraProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'infra-project-'));
  readonly lines: string[] = [];
  readonly print = (line: string): void => void this.lines.push(line);

  private constructor(readonly emulator: Emulator) {
    for (const file of FILES)
      cpSync(join(root, file), join(this.folder, file), { recursive: true, verbatimSymlinks: true });
  }

  static async start(): Promise<InfraProject> {
    return new InfraProject(await Emulator.start({ port: 0, firstDay: true }));
  }

  async stop(): Promise<void> {
    await this.emulator.stop();
    rmSync(this.folder, { recursive: true });
  }

  /** As a person sets it in a terminal. `apiBaseUrl` may lead to something between the command and the emulator. */
  environment(apiBaseUrl = this.emulator.url): Record<string, string> {
    const { accountSid, authToken } = this.emulator.account;
    return {
      ACCOUNT_SID: accountSid,
      AUTH_TOKEN: authToken,
      TWILIO_API_BASE_URL: apiBaseUrl,
      HOME: this.folder,
    };
  }

  options(apiBaseUrl?: string): {
    folder: string;
    environment: Record<string, string>;
    print: (line: string) => void;
  } {
    return { folder: this.folder, environment: this.environment(apiBaseUrl), print: this.print };
  }

  get output(): string {
    return this.lines.join('\n');
  }

  env(): string {
    return readFileSync(join(this.folder, '.env'), 'utf8');
  }

  /** What the account holds of ours. */
  holdings(): { keys: number; flows: number; services: number } {
    const { apiKeys, studio, serverless } = this.emulator.world;
    return {
      keys: apiKeys.list().length,
      flows: studio.flows.list().length,
      services: serverless.services.list().length,
    };
  }

  /** Calls that changed something. */
  writes(): string[] {
    return this.emulator.journal.entries
      .filter(({ method }) => method !== 'GET')
      .map(({ method, host, path }) => `${method} ${host}${path}`);
  }
}
