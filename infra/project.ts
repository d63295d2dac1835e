/** The deployed project: its folder, its settings, its build, its Service at Twilio. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { SETTINGS } from '../src/assets/settings/settings.private';
import { EnvFile } from './env-file';
import { withWaitingMessage } from './account/waiting-message';
import { readJson, readText } from './text-file';
import { Remedy } from './terminal';

/** The only copies of the Studio Flows. The setting BOT_URL decides which one the account gets. */
const AGENT_FLOW_FILE = 'infra/studio/custom-chat-to-flex.json';
const BOT_FLOW_FILE = 'infra/studio/bot-first.json';
/** The placeholder for the bot's address in the file. */
export const NO_BOT_URL = 'https://bot.example.com/bot-answer';

const RESTORE_EXAMPLE = 'Restore it: git checkout .env.example.';

export class Project {
  readonly env: EnvFile;

  constructor(readonly folder: string) {
    const example = join(folder, '.env.example');
    this.env = new EnvFile(
      join(folder, '.env'),
      existsSync(example) ? readText(example, RESTORE_EXAMPLE) : '',
    );
  }

  packageJson(): { name: string; dependencies: Record<string, string> } {
    const restore = 'Restore it: git checkout package.json.';
    const file = readJson(join(this.folder, 'package.json'), restore);
    if (typeof file['name'] !== 'string') throw new Remedy('package.json has no name.', restore);
    return { name: file['name'], dependencies: (file['dependencies'] ?? {}) as Record<string, string> };
  }

  /** The toolkit names the Service after the package. */
  get serviceName(): string {
    return this.packageJson().name;
  }

  get flowFile(): string {
    return this.botUrl === undefined ? AGENT_FLOW_FILE : BOT_FLOW_FILE;
  }

  private get botUrl(): string | undefined {
    return this.env.read()['BOT_URL'] || undefined;
  }

  /** The Flow with the SIDs of an account in the places that the file leaves open. */
  flowDefinition({ workflowSid, taskChannelSid }: { workflowSid: string; taskChannelSid: string }): object {
    const file = this.flowFile;
    const definition = readJson(
      join(this.folder, file),
      `Correct ${file}, or restore it: git checkout ${file}`,
    );
    const text = JSON.stringify(definition)
      .replaceAll(`WW${'0'.repeat(32)}`, workflowSid)
      .replaceAll(`TC${'0'.repeat(32)}`, taskChannelSid)
      .replaceAll(NO_BOT_URL, this.botUrl ?? NO_BOT_URL);
    const filled = JSON.parse(text) as Parameters<typeof withWaitingMessage>[0];
    const texts = this.env.read()['WAITING_MESSAGE'];
    return texts ? withWaitingMessage(filled, SETTINGS.WAITING_MESSAGE.parse(texts)!) : filled;
  }

  /** What brings a chat to an agent, by the setting ROUTING in `.env`. */
  get isRoutedByInteractions(): boolean {
    return this.env.read()['ROUTING'] === 'interactions';
  }

  /** The paths of the Functions that were built: `/token`, `/start-chat`, … */
  builtFunctions(): string[] {
    const folder = join(this.folder, 'dist', 'functions');
    const files = existsSync(folder) ? listFiles(folder) : [];
    return files.map((file) => `/${file.replace(/(\.protected|\.private)?\.js$/, '')}`);
  }

  /** Of the local build; undefined if there is none. */
  fingerprint(): string | undefined {
    const dist = join(this.folder, 'dist');
    return existsSync(dist) ? fingerprintOf(dist) : undefined;
  }
}

/** A public asset that identifies the build at a domain. */
export const FINGERPRINT_FILE = 'assets/build.json';

/** One value for all bytes of a build. The build step writes it into the build, and a deploy uploads it. */
function fingerprintOf(dist: string): string {
  const hash = createHash('sha256');
  for (const file of listFiles(dist)) {
    if (file !== FINGERPRINT_FILE) hash.update(`${file}\0`).update(readFileSync(join(dist, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

export function writeFingerprint(dist: string): void {
  writeFileSync(join(dist, FINGERPRINT_FILE), `${JSON.stringify({ fingerprint: fingerprintOf(dist) })}\n`);
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(folder, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join('/'),
    )
    .sort();
}
