/** Bundles the widget, ready to be public assets, and the client for those who draw their own interface. */
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build, transform, type BuildOptions, type Plugin } from 'esbuild';
import { readFile } from 'node:fs/promises';

/** What runs `class` fields and `Array.prototype.with` runs everything that core-js would bring. */
const TARGET = ['chrome111', 'edge111', 'firefox115', 'safari16.4'];

/**
 * The SDK's own modules as their authors wrote them. Its "browser" files are compiled for browsers of 2015 and hold
 * core-js and a copy of each other's helpers: 98 KiB (brotli) instead of 59.
 */
const SDK_FIELDS = ['react-native', 'browser', 'module', 'main'];

/** Style sheets become text, for constructed style sheets: a strict Content-Security-Policy refuses <style>. */
const cssAsText: Plugin = {
  name: 'css-as-text',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), {
        loader: 'css',
        minify: true,
        target: TARGET,
      });
      return { contents: code.trim(), loader: 'text' };
    });
  },
};

const COMMON: BuildOptions = {
  bundle: true,
  minify: true,
  // A source map would publish the source beside it.
  sourcemap: false,
  legalComments: 'none',
  target: TARGET,
  mainFields: SDK_FIELDS,
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [cssAsText],
  logLevel: 'warning',
};

const embed = (file: string): string => join(__dirname, 'embed', file);

/** @param outDir where the deployment takes its assets from */
export async function buildWidget(outDir: string): Promise<void> {
  await build({
    ...COMMON,
    entryPoints: {
      chat: embed('launcher.ts'),
      'chat-panel': embed('panel.tsx'),
      ...Object.fromEntries(
        ['ar', 'de', 'es', 'fr', 'pt'].map((language) => [
          `chat-text-${language}`,
          embed(`text-${language}.ts`),
        ]),
      ),
    },
    outdir: outDir,
    // Classic scripts: from another origin they need no CORS headers.
    format: 'iife',
    charset: 'utf8',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  // The second one is what Twilio serves at `/`. Source: sdk twilio-run/dist/runtime/server.js
  for (const folder of [outDir, join(outDir, 'assets')]) {
    await mkdir(folder, { recursive: true });
    await copyFile(join(__dirname, 'demo', 'index.html'), join(folder, 'index.html'));
  }
  await copyFile(join(__dirname, 'demo', 'demo.css'), join(outDir, 'demo.css'));
}
