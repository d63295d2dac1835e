/**
 * The client without a view, as a package of its own: `index.js` for bundlers and Node, which bring the SDK;
 * `standalone.js` with the SDK in it, for a page without a bundler; and the types.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { FOR_BROWSERS, WIDGET } from './bundle';

const root = join(__dirname, '..', '..');
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

/** Two files: what `createChat` takes and gives, and the state. The rest is nobody's business. */
function writeTypes(outDir: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'chat-client-types-'));
  try {
    const tsc = require.resolve('typescript/bin/tsc');
    execFileSync(process.execPath, [tsc, '-p', 'tsconfig.client.json', '--outDir', folder], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const types = readFileSync(join(folder, 'chat', 'create-chat.d.ts'), 'utf8');
    // As an ES module's types want it: with the file's name.
    const index = types.replaceAll(`'../state/model'`, `'./state/model.js'`);
    writeFileSync(join(outDir, 'index.d.ts'), index);
    writeFileSync(join(outDir, 'standalone.d.ts'), index);
    mkdirSync(join(outDir, 'state'), { recursive: true });
    cpSync(join(folder, 'state', 'model.d.ts'), join(outDir, 'state', 'model.d.ts'));
  } finally {
    rmSync(folder, { recursive: true });
  }
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
