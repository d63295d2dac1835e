/** Bundles the embed, ready to be public assets, and measures what a visitor's browser has to fetch. */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import type * as Terser from 'terser' with { 'resolution-mode': 'import' };
import { FOR_BROWSERS, WIDGET } from './bundle';

// A package of both kinds, whose types know the other kind only.
const { minify } = createRequire(__filename)('terser') as typeof Terser;

const LANGUAGES = ['ar', 'de', 'es', 'fr', 'pt'];

const embed = (file: string): string => join(WIDGET, 'embed', file);

/** @param outDir where the deployment takes its assets from */
export async function buildWidget(outDir: string): Promise<void> {
  const { outputFiles } = await build({
    ...FOR_BROWSERS,
    write: false,
    entryPoints: {
      chat: embed('launcher.ts'),
      'chat-panel': embed('panel.tsx'),
      ...Object.fromEntries(
        LANGUAGES.map((language) => [`chat-text-${language}`, embed(`text-${language}.ts`)]),
      ),
    },
    outdir: outDir,
    // Classic scripts: from another origin they need no CORS headers.
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  await mkdir(outDir, { recursive: true });
  for (const { path, text } of outputFiles) await writeFile(path, await minifyAgain(text));
  // The second one is what Twilio serves at `/`. Source: sdk twilio-run/dist/runtime/server.js
  for (const folder of [outDir, join(outDir, 'assets')]) {
    await mkdir(folder, { recursive: true });
    await copyFile(join(WIDGET, 'demo', 'index.html'), join(folder, 'index.html'));
  }
  await copyFile(join(WIDGET, 'demo', 'demo.css'), join(outDir, 'demo.css'));
}

/** Names and branches that esbuild leaves long: another 5 KiB (brotli) less. None of terser's `unsafe` options. */
async function minifyAgain(code: string): Promise<string> {
  const { code: smaller } = await minify(code, {
    ecma: 2020,
    toplevel: true,
    compress: { passes: 2, ecma: 2020 },
  });
  return smaller!;
}

export interface WidgetSizes {
  /** What every visitor of the site pays. */
  launcher: number;
  /** What those pay who reach for the chat, with the largest language. */
  chat: number;
}

/** KiB, as brotli makes them at its best. */
export const BUDGET_KIB: WidgetSizes = { launcher: 3, chat: 80 };

/** Of what `buildWidget` has put there. */
export async function widgetSizesKib(outDir: string): Promise<WidgetSizes> {
  const sizeOf = async (name: string): Promise<number> =>
    brotliCompressSync(await readFile(join(outDir, `${name}.js`))).length / 1024;
  const launcher = await sizeOf('chat');
  const texts = await Promise.all(LANGUAGES.map((language) => sizeOf(`chat-text-${language}`)));
  return { launcher, chat: launcher + (await sizeOf('chat-panel')) + Math.max(...texts) };
}
