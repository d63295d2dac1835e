/** A copy of the files that the commands of infra read, in a separate folder, with an emulated new account. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { Emulator } from '../../emulator/emulator';
import { writeFingerprint } from '../../infra/project';

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

  /** The environment of a terminal. `apiBaseUrl` may be a relay between the command and the emulator. */
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

  /** Rewrites `.env`, each name with a new value; undefined removes it. */
  setEnv(changes: Record<string, string | undefined>): void {
    const values: Record<string, string | undefined> = { ...parse(this.env()), ...changes };
    const lines = Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${value}`],
    );
    writeFileSync(join(this.folder, '.env'), `${lines.join('\n')}\n`);
  }

  /** A build with minimal Functions, so that nothing has to be compiled. */
  build(functions: string[] = ['token.js', 'task-events.protected.js']): void {
    for (const folder of ['functions', 'assets'])
      mkdirSync(join(this.folder, 'dist', folder), { recursive: true });
    for (const name of functions) {
      const code = `exports.handler = (context, event, callback) => callback(null, '${name}');`;
      writeFileSync(join(this.folder, 'dist', 'functions', name), code);
    }
    writeFingerprint(join(this.folder, 'dist'));
  }

  /**
   * Uploads the build into the emulated cloud like the toolkit, with the settings of `.env`. `suffix` is the
   * Environment's; '' for production. Returns its domain.
   */
  deploy(suffix = 'dev'): string {
    const { serverless, clock } = this.emulator.world;
    const service =
      serverless.services.find('flex-custom-chat') ?? serverless.services.create('flex-custom-chat', 'x', {});
    const environment =
      serverless.environments.find(service.sid, `${suffix || 'production'}-environment`) ??
      serverless.environments.create(service, `${suffix || 'production'}-environment`, suffix);
    const upload = (kind: 'function' | 'asset', file: string): string => {
      const [, path, visibility = 'public', extension] = /^([^.]+)(?:\.(protected|private))?(\.\w+)$/.exec(
        file,
      )!;
      const content = readFileSync(join(this.folder, 'dist', `${kind}s`, file));
      const url = `/${path}${kind === 'asset' ? extension : ''}`;
      const code = serverless.code.create(service.sid, kind, url);
      return serverless.code.upload(code, { path: url, visibility, content, contentType: 'application/json' })
        .sid;
    };
    const build = serverless.builds.create(service.sid, {
      functionVersionSids: readdirSync(join(this.folder, 'dist/functions')).map((file) =>
        upload('function', file),
      ),
      assetVersionSids: readdirSync(join(this.folder, 'dist/assets')).map((file) => upload('asset', file)),
      dependencies: undefined,
      runtime: undefined,
    });
    clock.advance(1000);
    const deployed = serverless.environments.variablesOf(environment.sid);
    for (const [key, value] of Object.entries(parse(this.env()))) {
      const isSent = value !== '' && key !== 'ACCOUNT_SID' && key !== 'AUTH_TOKEN';
      if (isSent && !deployed.some((one) => one.key === key))
        serverless.environments.setVariable(environment, key, value);
    }
    serverless.deploy(environment, build.sid);
    return environment.domainName;
  }

  get output(): string {
    return this.lines.join('\n');
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  env(): string {
    return this.read('.env');
  }

  /** Removes the permissions that the doctor warns of from new Users. */
  closeRoles(): void {
    const { roles } = this.emulator.world.conversations;
    const role = roles.list().find(({ type }) => type === 'service')!;
    roles.update(
      role,
      role.permissions.filter((one) => one !== 'createConversation'),
    );
  }

  /** This project's resources in the account. */
  holdings(): { keys: number; flows: number; services: number } {
    const { iam, studio, serverless } = this.emulator.world;
    return {
      keys: iam.apiKeys.list().length,
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
