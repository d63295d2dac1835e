/** A part of the panel that loads later draws with the panel's copy of Preact: hooks work only within one copy. */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Loader, Plugin } from 'esbuild';
import { WIDGET } from './bundle';

/** Set on all that such a part consists of: the bundler keeps it apart from the panel's own copy of the same file. */
const SUFFIX = '?more';
const PREACT = join(WIDGET, 'embed', 'panels-preact.ts');

/** @param entry the file of the part */
export function panelsPreact(entry: string): Plugin {
  return {
    name: 'panels-preact',
    setup({ onLoad, onResolve, resolve }) {
      onResolve({ filter: /^/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
        if (kind === 'entry-point' && path === entry) return { path, suffix: SUFFIX };
        if (pluginData !== SUFFIX) return undefined;
        if (path.startsWith('preact/')) return { path: PREACT, suffix: SUFFIX };
        const found = await resolve(path, { kind, importer, resolveDir });
        return { path: found.path, external: found.external, errors: found.errors, suffix: SUFFIX };
      });
      onLoad({ filter: /\.tsx?$/ }, async ({ path, suffix }) =>
        suffix === SUFFIX
          ? {
              contents: await readFile(path, 'utf8'),
              loader: extname(path).slice(1) as Loader,
              pluginData: SUFFIX,
            }
          : undefined,
      );
    },
  };
}
