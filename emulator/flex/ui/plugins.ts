/** Flex plugins from their source, as plugin developers have them: what Flex UI brings is taken from it, the rest is bundled. */
import { existsSync, statSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

const MAIN_FILES = ['src/index.js', 'src/index.jsx', 'src/index.ts', 'src/index.tsx'];

/** Two copies of these in one page do not share state. Source: docs .../flex/developer/plugins (what the page provides) */
const FROM_FLEX_UI: Record<string, string> = {
  react: 'window.React',
  'react-dom': 'window.ReactDOM',
  redux: 'window.Redux',
  'react-redux': 'window.ReactRedux',
  '@twilio/flex-ui': 'window.Twilio.Flex',
};

export function pluginName(path: string): string {
  const name = basename(resolve(path));
  return name.slice(0, name.length - extname(name).length) || name;
}

/** The entry file of a folder's plugin. Throws if it does not exist. */
export function mainFileOf(path: string): string {
  if (!existsSync(path)) throw new Error(`${path} does not exist`);
  if (statSync(path).isFile()) return resolve(path);
  const main = MAIN_FILES.map((file) => join(path, file)).find((file) => existsSync(file));
  if (!main) throw new Error(`${path} is no Flex plugin: it has none of ${MAIN_FILES.join(', ')}`);
  return resolve(main);
}

/** If a plugin cannot be bundled, the page's console shows the error, and Flex UI starts without it. */
export async function bundlePlugin(path: string): Promise<string> {
  try {
    // Only in this repository: the package does not contain it.
    const { build } = await import('esbuild');
    const { outputFiles } = await build({
      entryPoints: [mainFileOf(path)],
      bundle: true,
      write: false,
      format: 'iife',
      sourcemap: 'inline',
      // As flex-plugin-scripts has it: JSX in files of both names, React in scope.
      loader: { '.js': 'jsx', '.png': 'dataurl', '.svg': 'dataurl', '.jpg': 'dataurl', '.gif': 'dataurl' },
      define: { 'process.env.NODE_ENV': '"development"', global: 'window' },
      plugins: [takeFromFlexUi],
      logLevel: 'silent',
    });
    return outputFiles[0]!.text;
  } catch (error) {
    return `console.error(${JSON.stringify(`Plugin ${path}: ${(error as Error).message}`)});`;
  }
}

const takeFromFlexUi: Plugin = {
  name: 'take from Flex UI',
  setup({ onResolve, onLoad }) {
    const names = Object.keys(FROM_FLEX_UI).join('|');
    onResolve({ filter: new RegExp(`^(${names})$`) }, ({ path }) => ({ path, namespace: 'flex-ui' }));
    onLoad({ filter: /.*/, namespace: 'flex-ui' }, ({ path }) => ({
      contents: `module.exports = ${FROM_FLEX_UI[path]};`,
    }));
  },
};
