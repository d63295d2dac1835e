/** Bundles the customer page: `index.html`, `chat.js`, `chat.css`, ready to be public assets. */
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** What runs `class` fields and `Array.prototype.with` runs everything that core-js would bring. */
const TARGET = ['chrome111', 'edge111', 'firefox115', 'safari16.4'];

/**
 * The SDK's own modules as their authors wrote them. Its "browser" files are compiled for browsers of 2015 and hold
 * core-js and a copy of each other's helpers: 98 KiB (brotli) instead of 59.
 */
const SDK_FIELDS = ['react-native', 'browser', 'module', 'main'];

export async function buildWidget(outDir: string): Promise<void> {
  await build({
    entryPoints: { chat: join(__dirname, 'index.tsx') },
    outdir: outDir,
    bundle: true,
    minify: true,
    // A source map would publish the source beside it.
    sourcemap: false,
    legalComments: 'none',
    format: 'esm',
    target: TARGET,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.env.NODE_ENV': '"production"' },
    mainFields: SDK_FIELDS,
    logLevel: 'warning',
  });
  await build({
    entryPoints: { chat: join(__dirname, 'view', 'chat.css') },
    outdir: outDir,
    minify: true,
    target: TARGET,
    logLevel: 'warning',
  });
  // The second one is what Twilio serves at `/`. Source: sdk twilio-run/dist/runtime/server.js
  for (const folder of [outDir, join(outDir, 'assets')]) {
    await mkdir(folder, { recursive: true });
    await copyFile(join(__dirname, 'index.html'), join(folder, 'index.html'));
  }
}
