/**
 * Downloads Twilio's Flex UI, as one file for the browser, into a folder that git ignores. From npm it has some 660
 * packages, of which only the bundle is kept; from an address it is the finished file.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FETCHED_FLEX_UI, FLEX_UI_VERSION } from '../../emulator/core/flex-ui';
import { bundleFlexUi } from './bundle';
import { download } from './download';
import { installPackages } from './install';

/** Peer dependencies of Flex UI, and the globals that plugins expect. The newest versions with a file for browsers. */
const REACT = { react: '17.0.2', 'react-dom': '17.0.2' };
const REACT_FILES = ['react/umd/react.production.min.js', 'react-dom/umd/react-dom.production.min.js'];

/** Node modules that Flex UI also expects. */
const OF_NODE = { buffer: '6.0.3', 'path-browserify': '1.0.1', process: '0.11.10' };

const FROM_NPM = `
Flex UI ${FLEX_UI_VERSION} is Twilio's software and no part of this project. It is downloaded once, from your npm registry:

  @twilio/flex-ui     Apache-2.0, with some 660 packages below it: MIT, BSD, ISC, Apache-2.0, and these two
  @twilio/flex-sdk    Twilio's Terms of Service, https://www.twilio.com/legal/tos
  @citrix/ucsdk       Citrix Ready Partner Developer Materials redistribution license

By continuing you accept these terms; Ctrl-C stops it. It needs 650 MB of disk temporarily, and 1 to 3 minutes. The result is
one file of 18 MB, ${FETCHED_FLEX_UI}

`;

const fromAddress = (from: string): string => `
Flex UI is Twilio's software and no part of this project. It is downloaded once, from
  ${from}
under the terms of that server, with React ${REACT.react} (MIT) from your npm registry: some 10 MB. The result is
one file, ${FETCHED_FLEX_UI}

`;

export const isFetched = (): boolean => existsSync(FETCHED_FLEX_UI);

/** From npm; or, with `from`, the file for pages that supply React, which Twilio serves at that address. */
export async function fetchFlexUi(from?: string): Promise<void> {
  const folder = `${FETCHED_FLEX_UI}.making`;
  // Left by a run that was killed.
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
    process.stderr.write('Removing temporary files …\n');
    rmSync(folder, { recursive: true, force: true });
  }
}
