/**
 * The desk's page, bundled on the first request: no earlier build, no file on disk. The package contains the
 * finished bundle.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Esbuild from 'esbuild';
import { DESK_FOLDER, isPackaged } from '../core/places';

interface PageBundle {
  html: string;
  js: string;
  css: string;
}

/** As the package has them, in the order html, js, css. */
export const PAGE_FILES = ['index.html', 'desk.js', 'desk.css'] as const;
let bundle: Promise<PageBundle> | undefined;

export function bundlePage(): Promise<PageBundle> {
  return (bundle ??= isPackaged ? readBundle() : makeBundle());
}

async function readBundle(): Promise<PageBundle> {
  const [html, js, css] = await Promise.all(
    PAGE_FILES.map((name) => readFile(join(DESK_FOLDER, name), 'utf8')),
  );
  return { html: html!, js: js!, css: css! };
}

async function makeBundle(): Promise<PageBundle> {
  const [html, css, js] = await Promise.all([
    readFile(join(DESK_FOLDER, 'index.html'), 'utf8'),
    bundled({ entryPoints: [join(DESK_FOLDER, 'view', 'desk.css')] }),
    bundled({
      entryPoints: [join(DESK_FOLDER, 'index.tsx')],
      format: 'esm',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      define: { 'process.env.NODE_ENV': '"production"' },
    }),
  ]);
  return { html, css, js };
}

async function bundled(options: Esbuild.BuildOptions): Promise<string> {
  // Loaded only in this repository: the package does not contain it.
  const { build } = createRequire(__filename)('esbuild') as typeof Esbuild;
  const { outputFiles } = await build({ ...options, bundle: true, write: false, logLevel: 'warning' });
  return outputFiles![0]!.text;
}
