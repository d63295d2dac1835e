/** The desk's page, bundled when it is first asked for: nothing to build beforehand, nothing on disk. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';

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
  const [html, css, js] = await Promise.all([
    readFile(join(PAGE, 'index.html'), 'utf8'),
    bundled({ entryPoints: [join(PAGE, 'view', 'desk.css')] }),
    bundled({
      entryPoints: [join(PAGE, 'index.tsx')],
      format: 'esm',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      define: { 'process.env.NODE_ENV': '"production"' },
    }),
  ]);
  return { html, css, js };
}

async function bundled(options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({ ...options, bundle: true, write: false, logLevel: 'warning' });
  return outputFiles![0]!.text;
}
