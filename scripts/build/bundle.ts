/** Bundler settings: the target browsers, and the SDK files to bundle. */
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

export const FOR_BROWSERS: BuildOptions = {
  bundle: true,
  minify: true,
  // A source map would publish the source.
  sourcemap: false,
  legalComments: 'none',
  charset: 'utf8',
  target: TARGET,
  mainFields: SDK_FIELDS,
  define: { 'process.env.NODE_ENV': '"production"' },
  alias: {
    platform: join(WIDGET, 'transport', 'platform.ts'),
    loglevel: join(WIDGET, 'transport', 'loglevel.ts'),
  },
  plugins: [cssAsText],
  logLevel: 'warning',
};
