/** Bundler settings: the target browsers, and the SDK files to bundle. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';

export const WIDGET = join(__dirname, '..', '..', 'widget');

/** Browsers with `class` fields and `Array.prototype.with` have everything that core-js would add. */
const TARGET = ['chrome111', 'edge111', 'firefox115', 'safari16.4'];

/**
 * The SDK's source modules. Its "browser" files are compiled for browsers of 2015 and contain core-js and duplicate
 * helpers: 98 KiB (brotli) instead of 59.
 */
const SDK_FIELDS = ['react-native', 'browser', 'module', 'main'];

/** Style sheets become text, for constructed style sheets: a strict Content-Security-Policy blocks <style>. */
const cssAsText: Plugin = {
  name: 'css-as-text',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { outputFiles } = await build({
        entryPoints: [path],
        bundle: true,
        write: false,
        minify: true,
        target: TARGET,
      });
      return { contents: outputFiles[0]!.text.trim(), loader: 'text' };
    });
  },
};

const transport = (file: string): string => join(WIDGET, 'transport', file);

/** A statement that calls the SDK's own logger, in every form that its files use. */
const LOG_CALL = /^(\s*)((?:[\w$]+\.)*_?log(?:ger)?\.(?:trace|debug|info|warn|error)\()/gm;

/**
 * Removes parts of the SDK that the chat does not use: log texts, which are 2 KiB (brotli) and would go to a silent
 * logger (`loglevel` below), and its packages' copies of Node's `events`.
 */
const leanSdk: Plugin = {
  name: 'lean-sdk',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /node_modules[\\/](@twilio|twilsock|twilio-sync)[\\/].*\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(LOG_CALL, '$1false && $2'),
      loader: 'js',
    }));
    onResolve({ filter: /\/_polyfill-node\.events\.js$/ }, () => ({ path: transport('event-emitter.ts') }));
  },
};

export const FOR_BROWSERS: BuildOptions = {
  bundle: true,
  minify: true,
  // A source map would publish the source.
  sourcemap: false,
  legalComments: 'none',
  charset: 'utf8',
  target: TARGET,
  mainFields: SDK_FIELDS,
  define: {
    'process.env.NODE_ENV': '"production"',
    // Missing on a page from plain http. The name is that of the export below, and used nowhere else.
    'crypto.randomUUID': 'randomUUIDAnywhere',
  },
  inject: [transport('random-uuid.ts')],
  alias: {
    platform: transport('platform.ts'),
    loglevel: transport('loglevel.ts'),
    'javascript-state-machine': transport('state-machine.ts'),
    '@twilio/declarative-type-validator': transport('type-validator.ts'),
    '@twilio/replay-event-emitter': transport('event-emitter.ts'),
  },
  plugins: [cssAsText, leanSdk],
  logLevel: 'warning',
};
