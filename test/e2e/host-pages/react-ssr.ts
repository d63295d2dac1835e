/** A page whose whole document React renders on the server. In the browser, React hydrates it when the test asks for it. */
import { build, type BuildOptions } from 'esbuild';

const COMMON: BuildOptions = {
  bundle: true,
  write: false,
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"development"' },
  logLevel: 'error',
};

async function bundle(contents: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    ...COMMON,
    ...options,
    stdin: { contents, resolveDir: __dirname, loader: 'jsx' },
  });
  return outputFiles![0]!.text;
}

export async function renderPage(functionsUrl: string): Promise<string> {
  const code = await bundle(
    `import { renderToString } from 'react-dom/server';
     import { Page } from './react-page.jsx';
     export const render = (functionsUrl) => '<!doctype html>' + renderToString(<Page functionsUrl={functionsUrl} />);`,
    { platform: 'node', format: 'cjs' },
  );
  const module = { exports: {} as { render(functionsUrl: string): string } };
  new Function('module', 'exports', 'require', code)(module, module.exports, require);
  return module.exports.render(functionsUrl);
}

/** Errors of the takeover are errors of the page. */
export function clientScript(): Promise<string> {
  return bundle(
    `import { hydrateRoot } from 'react-dom/client';
     import { Page } from './react-page.jsx';
     const { functions } = document.getElementById('client').dataset;
     window.takeOver = () =>
       hydrateRoot(document, <Page functionsUrl={functions} />, { onRecoverableError: reportError });`,
    { format: 'iife' },
  );
}
