/** The desk's page, bundled when it is first asked for: nothing to build beforehand, nothing on disk. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

interface PageBundle {
  html: string;
  js: string;
  css: string;
}

const PAGE = join(__dirname, 'page');
let bundle: Promise<PageBundle> | undefined;

export function bundlePage(): Promise<PageBundle> {
  return (bundle ??= makeBundle());
}

async function makeBundle(): Promise<PageBundle> {
  const [html, css, result] = await Promise.all([
    readFile(join(PAGE, 'index.html'), 'utf8'),
    readFile(join(PAGE, 'view', 'desk.css'), 'utf8'),
    build({
      entryPoints: [join(PAGE, 'index.tsx')],
      bundle: true,
      write: false,
      format: 'esm',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      define: { 'process.env.NODE_ENV': '"production"' },
      logLevel: 'warning',
    }),
  ]);
  return { html, css, js: result.outputFiles[0]!.text };
}
