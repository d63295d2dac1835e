/** Bundles the widget as public assets, and measures the download size. */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build, type BuildOptions } from 'esbuild';
import type * as Terser from 'terser' with { 'resolution-mode': 'import' };
import { FOR_BROWSERS, WIDGET } from './bundle';
import { languages, TEXT_SCRIPTS } from './languages';
import { panelsPreact } from './panels-preact';

// A package with CommonJS and ESM builds, whose types describe only one of them.
const { minify } = createRequire(__filename)('terser') as typeof Terser;

const embed = (file: string): string => join(WIDGET, 'embed', file);

const MORE = embed('more.ts');
const SCRIPTS: Record<string, string> = {
  chat: embed('launcher.ts'),
  'chat-settings': embed('apply-settings.ts'),
  'chat-panel': embed('panel.tsx'),
  'chat-rich': embed('rich.ts'),
  'chat-away': embed('away.ts'),
  'chat-save': embed('save.ts'),
  'chat-teaser': embed('invite.ts'),
  'chat-more': MORE,
  ...TEXT_SCRIPTS,
};

/** Files of `widget/demo`, by their path in the build. */
const DEMO: Record<string, string> = {
  'index.html': 'index.html',
  // Twilio serves it at `/`. Source: sdk twilio-run/dist/runtime/server.js
  'assets/index.html': 'index.html',
  'bot.html': 'bot.html',
  'closed.html': 'closed.html',
  'here.html': 'here.html',
  'demo.css': 'demo.css',
  'demo.js': 'demo.js',
};

/** The output of `buildWidget`: the public assets of the deployment, by path. */
export const PUBLIC_FILES: readonly string[] = [
  ...Object.keys(SCRIPTS).map((name) => `/${name}.js`),
  ...Object.keys(DEMO).map((file) => `/${file}`),
].sort();

/** How the scripts are bundled. @param outDir where the deployment takes its assets from */
export function widgetBundle(outDir: string) {
  return {
    ...FOR_BROWSERS,
    plugins: [...FOR_BROWSERS.plugins!, languages, panelsPreact(MORE)],
    write: false,
    entryPoints: SCRIPTS,
    outdir: outDir,
    // Classic scripts: from another origin they need no CORS headers.
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  } satisfies BuildOptions;
}

export async function buildWidget(outDir: string): Promise<void> {
  const { outputFiles } = await build(widgetBundle(outDir));
  await copyDemo(outDir);
  for (const { path, text } of outputFiles) await writeFile(path, await minifyAgain(text));
}

export async function copyDemo(outDir: string): Promise<void> {
  await mkdir(join(outDir, 'assets'), { recursive: true });
  for (const [file, source] of Object.entries(DEMO)) {
    await copyFile(join(WIDGET, 'demo', source), join(outDir, file));
  }
}

/** Shortens names and branches beyond esbuild: another 5 KiB (brotli) less. Uses none of terser's `unsafe` options. */
async function minifyAgain(code: string): Promise<string> {
  const { code: smaller } = await minify(code, {
    ecma: 2020,
    toplevel: true,
    compress: { passes: 2, ecma: 2020, hoist_funs: true },
  });
  return smaller!;
}

export interface WidgetSizes {
  /** Downloaded by every visitor of the site. */
  launcher: number;
  /** Downloaded by visitors who open the chat, on a page with settings and in the largest language. */
  chat: number;
}

/** KiB, at brotli's highest level. */
export const BUDGET_KIB: WidgetSizes = { launcher: 3, chat: 82 };

/** Measures the output of `buildWidget`. */
export async function widgetSizesKib(outDir: string): Promise<WidgetSizes> {
  const sizeOf = async (name: string): Promise<number> =>
    brotliCompressSync(await readFile(join(outDir, `${name}.js`))).length / 1024;
  const launcher = await sizeOf('chat');
  const texts = await Promise.all(Object.keys(TEXT_SCRIPTS).map(sizeOf));
  return {
    launcher,
    chat: launcher + (await sizeOf('chat-settings')) + (await sizeOf('chat-panel')) + Math.max(...texts),
  };
}
