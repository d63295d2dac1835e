/** The build step that converts imports between assets to the form that the cloud supports. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compileSrc, SRC, sourceFiles } from '../../../scripts/build/compile-src';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'compile-src-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Compiles these files, each with its path in `src`, and returns the output of the named one. */
function compiled(name: string, files: Record<string, string>): string {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, 'src', file)), { recursive: true });
    writeFileSync(join(folder, 'src', file), text);
  }
  compileSrc(join(folder, 'dist'), join(folder, 'src'));
  return readFileSync(join(folder, 'dist', name), 'utf8');
}

const ASSET = { 'assets/room/thing.private.ts': 'export const thing = 1;' };

it.each([
  ['an import', `import { thing } from '../assets/room/thing.private'; console.log(thing);`],
  ['an import of everything', `import * as all from '../assets/room/thing.private'; console.log(all);`],
  ['an import for its effects', `import '../assets/room/thing.private';`],
  ['an export', `export { thing } from '../assets/room/thing.private';`],
  ['a late require', `export const late = () => require('../assets/room/thing.private');`],
  ['a late import', `export const late = () => import('../assets/room/thing.private');`],
])('looks an asset up at run time: %s', (_case, text) => {
  const out = compiled('functions/one.js', { ...ASSET, 'functions/one.ts': text });

  expect(out).toContain('require(Runtime.getAssets()["/room/thing.js"].path)');
  expect(out).not.toMatch(/(require|import)\(['"]\./);
});

it('finds the key of an asset in the same room and in another', () => {
  const out = compiled('assets/room/user.private.js', {
    ...ASSET,
    'assets/other/far.private.ts': 'export const far = 1;',
    'assets/room/user.private.ts': `export { thing } from './thing.private'; export { far } from '../other/far.private';`,
  });

  expect(out).toContain('["/room/thing.js"]');
  expect(out).toContain('["/other/far.js"]');
});

it('erases types, and leaves packages to Node', () => {
  const out = compiled('functions/one.js', {
    ...ASSET,
    'functions/one.ts': `import type { thing } from '../assets/room/thing.private'; import jwt from 'jsonwebtoken'; export const x: typeof thing = jwt as never;`,
  });

  expect(out).not.toContain('getAssets');
  expect(out).toContain('require("jsonwebtoken")');
});

it.each([
  [
    'another Function',
    `export { handler } from './two';`,
    { 'functions/two.ts': 'export const handler = 1;' },
  ],
  ['a public asset', `export { x } from '../assets/page';`, { 'assets/page.ts': 'export const x = 1;' }],
  ['a file outside src', `export { x } from '../../infra/project';`, {}],
  ['a folder', `export { x } from '../assets/room';`, {}],
  ['an asset that is missing', `export { x } from '../assets/room/gone.private';`, {}],
  ['an asset with an extension', `export { thing } from '../assets/room/thing.private.js';`, {}],
])('rejects the import of %s, and names the file', (_case, text, more) => {
  expect(() => compiled('functions/one.js', { ...ASSET, ...more, 'functions/one.ts': text })).toThrow(
    /functions\/one\.ts imports \S+: import only private assets/,
  );
});

it('rejects invalid TypeScript', () => {
  expect(() => compiled('functions/one.js', { 'functions/one.ts': 'export const = ;' })).toThrow(
    /functions\/one\.ts: /,
  );
});

it('finds no hand-written lookup in the sources', () => {
  const byHand = sourceFiles().filter((file) =>
    readFileSync(join(SRC, file), 'utf8').includes('Runtime.getAssets'),
  );

  expect(byHand).toEqual([]);
});
