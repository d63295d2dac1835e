/**
 * The package for a site's own build: the client without a view (`index.js` for bundlers and Node, which supply the
 * SDK; `standalone.js` with the SDK, for a page without a bundler), the same as a React hook (`react.js`), the button
 * (`widget.js`), and the types, including those of a page with the script tag (`chat.d.ts`).
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { FOR_BROWSERS, WIDGET } from './bundle';
import { languages } from './languages';

const root = join(__dirname, '..', '..');
const RELATIVE = /(from|import) '(\.[^']+)'/g;

/** The source of each entry, by the name under which a site imports it. */
const ENTRIES = {
  index: 'chat/create-chat',
  standalone: 'chat/create-chat',
  react: 'react/use-chat',
  widget: 'embed/create-widget',
  /** Only types. */
  chat: 'embed/window',
};

const sourceOf = (name: keyof typeof ENTRIES): string => join(WIDGET, `${ENTRIES[name]}.ts`);

/** All modules of a program share one client. */
const sharedClient: Plugin = {
  name: 'shared-client',
  setup({ onResolve }) {
    onResolve({ filter: /\/create-chat$/ }, () => ({ path: './index.js', external: true }));
  },
};

export async function buildClient(outDir: string): Promise<void> {
  const readable: BuildOptions = { ...FOR_BROWSERS, minify: false, outdir: outDir, format: 'esm' };
  const plugins = FOR_BROWSERS.plugins!;
  await build({
    ...readable,
    entryPoints: { index: sourceOf('index') },
    external: ['@twilio/conversations'],
  });
  await build({
    ...readable,
    entryPoints: { react: sourceOf('react') },
    external: ['react'],
    plugins: [...plugins, sharedClient],
    // For frameworks that render on the server by default.
    banner: { js: "'use client';" },
  });
  await build({
    ...readable,
    entryPoints: { widget: sourceOf('widget') },
    plugins: [...plugins, languages],
  });
  await build({
    ...FOR_BROWSERS,
    entryPoints: { standalone: sourceOf('standalone') },
    outdir: outDir,
    format: 'esm',
  });
  writeTypes(outDir);
  writeFileSync(join(outDir, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
}

/** The types of these entries' input and output, and the types they refer to. All others are private. */
function writeTypes(outDir: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'chat-client-types-'));
  try {
    const tsc = require.resolve('typescript/bin/tsc');
    execFileSync(process.execPath, [tsc, '-p', 'tsconfig.client.json', '--outDir', folder], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    for (const [name, source] of Object.entries(ENTRIES)) {
      writeFileSync(join(outDir, `${name}.d.ts`), `export * from './${source}.js';\n`);
      copyTypes(folder, outDir, source);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Import paths get file extensions, as the types of an ES module require. */
function copyTypes(from: string, to: string, file: string): void {
  const types = readFileSync(join(from, `${file}.d.ts`), 'utf8');
  const copy = join(to, `${file}.d.ts`);
  mkdirSync(dirname(copy), { recursive: true });
  writeFileSync(copy, types.replace(RELATIVE, "$1 '$2.js'"));
  for (const [, , imported] of types.matchAll(RELATIVE)) {
    const next = join(dirname(file), imported!);
    if (!existsSync(join(to, `${next}.d.ts`))) copyTypes(from, to, next);
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
    exports: {
      '.': './index.js',
      './standalone': './standalone.js',
      './react': './react.js',
      './widget': './widget.js',
      './chat': { types: './chat.d.ts' },
    },
    types: './index.d.ts',
    peerDependencies: { '@twilio/conversations': devDependencies['@twilio/conversations'], react: '>=18' },
    peerDependenciesMeta: { react: { optional: true } },
  };
}
