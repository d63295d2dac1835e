/**
 * Makes `emulator/dist`, what the package `flex-chat-emulator` consists of: the program in one file, its entries, types,
 * the desk's page, and as data the Flow and the embedded account. `npm pack` in `emulator/` runs it.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build, type Plugin } from 'esbuild';
import ts from 'typescript';
import { ACCOUNT_FILE, FLEX_UI_FOLDER, FLOWS_FOLDER, INSTANCE_PROGRAM } from '../../emulator/core/places';
import { bundlePage, PAGE_FILES } from '../../emulator/desk/page-bundle';

const root = join(__dirname, '..', '..');
const sources = join(root, 'emulator');
/** What can be imported, by the file that it is made of. `index` is in each of them only as a reference. */
const ENTRIES = {
  index: 'index.ts',
  fixture: 'package/fixture.ts',
  twilio: 'package/twilio.ts',
  jest: 'package/jest.ts',
  'node-test': 'package/node-test.ts',
  cli: 'cli.ts',
};
const VITEST = 'package/vitest.mjs';

export async function buildEmulator(dist = join(sources, 'dist')): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  await Promise.all(
    Object.entries(ENTRIES).map(([name, file]) =>
      build({
        entryPoints: [join(sources, file)],
        outfile: join(dist, `${name}.js`),
        bundle: true,
        platform: 'node',
        target: 'node20',
        format: 'cjs',
        packages: 'external',
        define: { IS_PACKAGED: 'true' },
        plugins: [onlyOnce],
        logLevel: 'warning',
        ...(name === 'cli' ? { banner: { js: '#!/usr/bin/env node' } } : {}),
      }),
    ),
  );
  writeData(dist);
  const page = await bundlePage();
  mkdirSync(join(dist, 'desk'));
  PAGE_FILES.forEach((name, index) =>
    writeFileSync(join(dist, 'desk', name), [page.html, page.js, page.css][index]!),
  );
  writeTypes(dist);
  writeModules(dist);
}

/** The emulator exists once, for every import: the other entries require `index.js`. */
const onlyOnce: Plugin = {
  name: 'only-once',
  setup({ onResolve }) {
    onResolve({ filter: /^\.{1,2}\/(index|fixture)$/ }, ({ path }) => ({
      path: `./${path.split('/').at(-1)}.js`,
      external: true,
    }));
  },
};

function writeData(dist: string): void {
  mkdirSync(join(dist, 'data'));
  cpSync(ACCOUNT_FILE, join(dist, 'data', 'account.env'));
  cpSync(FLOWS_FOLDER, join(dist, 'data', 'flows'), {
    recursive: true,
    filter: (file) => file === FLOWS_FOLDER || file.endsWith('.json'),
  });
  cpSync(FLEX_UI_FOLDER, join(dist, 'flex-ui'), { recursive: true });
  cpSync(INSTANCE_PROGRAM, join(dist, 'instance.mjs'));
  cpSync(join(root, 'LICENSE'), join(dist, 'LICENSE'));
}

/** Declarations of the entries and of what they name, and of nothing else: a strict project checks each of them. */
function writeTypes(dist: string): void {
  const types = join(dist, 'types');
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, 'tsconfig.json'), (file) => readFileSync(file, 'utf8')).config,
    ts.sys,
    root,
  );
  const names = ['index', 'twilio', 'jest', 'node-test'] as const;
  const program = ts.createProgram(
    names.map((name) => join(sources, ENTRIES[name])),
    {
      ...options,
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      stripInternal: true,
      rootDir: sources,
      outDir: types,
    },
  );
  const written = new Map<string, string>();
  program.emit(undefined, (file, text) => written.set(relative(types, file), text));
  const keep = (file: string): void => {
    const text = written.get(file);
    if (text === undefined) return;
    const target = join(types, file);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    written.delete(file);
    for (const [, name] of text.matchAll(/(?:from |import\()['"](\.{1,2}\/[^'"]+)['"]/g)) {
      keep(join(dirname(file), `${name}.d.ts`));
    }
  };
  for (const name of names) {
    const file = ENTRIES[name].replace(/\.ts$/, '.d.ts');
    keep(file);
    for (const ending of ['.d.ts', '.d.mts']) {
      writeFileSync(join(dist, name + ending), `export * from './types/${file.replace('.d.ts', '.js')}';\n`);
    }
  }
  writeFileSync(join(dist, 'vitest.d.mts'), "export * from './jest.mjs';\n");
}

/** The same code for `import`. Node sees what a CommonJS file exports, but `export *` would hide it from some bundlers. */
function writeModules(dist: string): void {
  const exported = {
    index: ['Emulator', 'ConnectProxy', 'readSeed'],
    twilio: ['EmulatorHttpClient', 'createTwilioClient'],
    jest: ['useEmulator'],
    'node-test': ['useEmulator'],
  };
  for (const [name, names] of Object.entries(exported)) {
    writeFileSync(join(dist, `${name}.mjs`), `export { ${names.join(', ')} } from './${name}.js';\n`);
  }
  cpSync(join(sources, VITEST), join(dist, 'vitest.mjs'));
}

if (process.argv[1] === __filename) {
  buildEmulator().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
