/**
 * Brings Twilio's Flex UI onto this machine, as one file for the browser in the folder that git ignores. From npm it comes
 * in some 660 packages, of which only what the bundle holds is kept; or as the finished file from an address.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FETCHED_FLEX_UI, FLEX_UI_VERSION } from '../../emulator/core/flex-ui';
import { bundleFlexUi } from './bundle';
import { download } from './download';
import { installPackages } from './install';

/** Peers of Flex UI, and the globals that plugins expect. The newest that still have a file for browsers. */
const REACT = { react: '17.0.2', 'react-dom': '17.0.2' };
const REACT_FILES = ['react/umd/react.production.min.js', 'react-dom/umd/react-dom.production.min.js'];

/** What Flex UI expects of Node besides. */
const OF_NODE = { buffer: '6.0.3', 'path-browserify': '1.0.1', process: '0.11.10' };

const FROM_NPM = `
Flex UI ${FLEX_UI_VERSION} is Twilio's software and no part of this project. Once, it is downloaded from your npm registry:

  @twilio/flex-ui     Apache-2.0, with some 660 packages below it: MIT, BSD, ISC, Apache-2.0, and these two
  @twilio/flex-sdk    Twilio's Terms of Service, https://www.twilio.com/legal/tos
  @citrix/ucsdk       Citrix Ready Partner Developer Materials redistribution license

By going on you accept these terms; Ctrl-C stops it. It needs 650 MB of disk for a moment, and 1 to 3 minutes. What stays is
one file of 18 MB, ${FETCHED_FLEX_UI}

`;

const fromAddress = (from: string): string => `
Flex UI is Twilio's software and no part of this project. Once, it is downloaded from
  ${from}
under the terms of whoever serves it there, and React ${REACT.react} (MIT) from your npm registry: some 10 MB. What stays is
one file, ${FETCHED_FLEX_UI}

`;

export const isFetched = (): boolean => existsSync(FETCHED_FLEX_UI);

/** From npm; or, with `from`, the file for pages that bring React, which Twilio serves at that address. */
export async function fetchFlexUi(from?: string): Promise<void> {
  const folder = `${FETCHED_FLEX_UI}.making`;
  // What a run left that was killed.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const made = join(folder, 'flex-ui.js');
  try {
    process.stderr.write(from === undefined ? FROM_NPM : fromAddress(from));
    if (from === undefined) {
      await installPackages(folder, { '@twilio/flex-ui': FLEX_UI_VERSION, ...REACT, ...OF_NODE }, 660);
      process.stderr.write('Bundling …\n');
      await bundleFlexUi(folder, made);
    } else {
      const flexUi = await download(from);
      await installPackages(folder, REACT, 6);
      const react = REACT_FILES.map((file) => readFileSync(join(folder, 'node_modules', file), 'utf8'));
      writeFileSync(made, [...react, flexUi].join('\n'));
    }
    mkdirSync(dirname(FETCHED_FLEX_UI), { recursive: true });
    renameSync(made, FETCHED_FLEX_UI);
  } finally {
    process.stderr.write('Tidying up …\n');
    rmSync(folder, { recursive: true, force: true });
  }
}
