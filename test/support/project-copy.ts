/** This project in another folder, with its packages: for programs that build in it, or whose sources are changed. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const COPIED = [
  ...[
    'src',
    'examples/bot',
    'widget',
    'emulator',
    'infra',
    'scripts',
    'package.json',
    'tsconfig.json',
    'tsconfig.browser.json',
    'tsconfig.client.json',
  ],
  ...['.twilioserverless', '.env.emulator', '.env.example', '.prettierrc.json'],
];

export class ProjectCopy {
  /** With a space in its path, as many homes have it. */
  readonly folder = mkdtempSync(join(tmpdir(), 'project copy-'));

  constructor() {
    for (const name of COPIED) cpSync(join(ROOT, name), this.path(name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), this.path('node_modules'), 'dir');
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, content: string): void {
    writeFileSync(this.path(name), content);
  }

  change(name: string, from: string, to: string): void {
    const text = readFileSync(this.path(name), 'utf8');
    if (!text.includes(from)) throw new Error(`${name} lacks ${from}`);
    this.write(name, text.replace(from, to));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
