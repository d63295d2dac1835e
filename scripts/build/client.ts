/**
 * The client without a view, as a separate package: `index.js` for bundlers and Node, which supply the SDK;
 * `standalone.js` with the SDK, for a page without a bundler; and the types.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { FOR_BROWSERS, WIDGET } from './bundle';

const root = join(__dirname, '..', '..');
const RELATIVE = /from '(\.[^']+)'/g;

const entry = join(WIDGET, 'chat', 'create-chat.ts');

export async function buildClient(outDir: string): Promise<void> {
  await build({
    ...FOR_BROWSERS,
    minify: false,
    entryPoints: { index: entry },
    outdir: outDir,
    format: 'esm',
    external: ['@twilio/conversations'],
  });
  await build({ ...FOR_BROWSERS, entryPoints: { standalone: entry }, outdir: outDir, format: 'esm' });
  writeTypes(outDir);
  writeFileSync(join(outDir, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
}

/** The types of `createChat`'s input and output, and the types they refer to. All others are private. */
function writeTypes(outDir: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'chat-client-types-'));
  try {
    const tsc = require.resolve('typescript/bin/tsc');
    execFileSync(process.execPath, [tsc, '-p', 'tsconfig.client.json', '--outDir', folder], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    for (const name of ['index', 'standalone']) {
      writeFileSync(join(outDir, `${name}.d.ts`), "export * from './chat/create-chat.js';\n");
    }
    copyTypes(folder, outDir, 'chat/create-chat');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Import paths get file extensions, as the types of an ES module require. */
function copyTypes(from: string, to: string, file: string): void {
  const types = readFileSync(join(from, `${file}.d.ts`), 'utf8');
  const copy = join(to, `${file}.d.ts`);
  mkdirSync(dirname(copy), { recursive: true });
  writeFileSync(copy, types.replace(RELATIVE, "from '$1.js'"));
  for (const [, imported] of types.matchAll(RELATIVE)) copyTypes(from, to, join(dirname(file), imported!));
}

function manifest(): object {
  const { version, license, devDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as { version: string; license: string; devDependencies: Record<string, string> };
  return {
    name: 'flex-custom-chat-client',
    version,
    private: true,
    license,
    type: 'module',
    exports: { '.': './index.js', './standalone': './standalone.js' },
    types: './index.d.ts',
    peerDependencies: { '@twilio/conversations': devDependencies['@twilio/conversations'] },
  };
}
