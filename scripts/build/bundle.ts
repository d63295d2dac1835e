/** How everything here is bundled: for whom, and from which of the SDK's files. */
import { join } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';

export const WIDGET = join(__dirname, '..', '..', 'widget');

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

export const FOR_BROWSERS: BuildOptions = {
  bundle: true,
  minify: true,
  // A source map would publish the source beside it.
  sourcemap: false,
  legalComments: 'none',
  charset: 'utf8',
  target: TARGET,
  mainFields: SDK_FIELDS,
  define: {
    'process.env.NODE_ENV': '"production"',
    // Missing on a page that came over plain http. The name is that of the export below, and nobody else's.
    'crypto.randomUUID': 'randomUUIDAnywhere',
  },
  inject: [join(WIDGET, 'transport', 'random-uuid.ts')],
  alias: {
    platform: join(WIDGET, 'transport', 'platform.ts'),
    loglevel: join(WIDGET, 'transport', 'loglevel.ts'),
    '@twilio/declarative-type-validator': join(WIDGET, 'transport', 'type-validator.ts'),
  },
  plugins: [cssAsText],
  logLevel: 'warning',
};
