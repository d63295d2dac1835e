/**
 * Bundles the installed Flex UI into one file for browsers. Its package is made for bundlers: it loads all its
 * dependencies with `require`.
 */
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** The globals for a page, including those for plugins. */
const PAGE = `
  import * as React from 'react';
  import * as ReactDOM from 'react-dom';
  import * as Redux from 'redux';
  import * as ReactRedux from 'react-redux';
  import * as Flex from '@twilio/flex-ui';
  Object.assign(window, { React, ReactDOM, Redux, ReactRedux, Twilio: { ...window.Twilio, Flex } });
`;

const OF_NODE = `
  export { Buffer } from 'buffer';
  export { default as process } from 'process/browser';
`;

export async function bundleFlexUi(folder: string, outfile: string): Promise<void> {
  await build({
    stdin: { contents: PAGE, resolveDir: folder },
    bundle: true,
    minify: true,
    format: 'iife',
    outfile,
    // License comments are kept, at the end.
    legalComments: 'eof',
    alias: { path: 'path-browserify' },
    define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
    inject: ['globals-of-node'],
    plugins: [virtual('globals-of-node', OF_NODE, folder)],
    absWorkingDir: join(folder),
    logLevel: 'error',
  });
}

/** A module without a file. */
const virtual = (name: string, contents: string, resolveDir: string): Plugin => ({
  name,
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: name }));
    onLoad({ filter: /.*/, namespace: name }, () => ({ contents, resolveDir }));
  },
});
