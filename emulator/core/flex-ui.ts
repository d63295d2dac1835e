/** The real Flex UI, which `npm run flex` fetches: Twilio's software, so no part of this repository. */
import { join } from 'node:path';
import { LOCAL_FOLDER } from './places';

/** The version that is fetched, and that the account's configuration names. */
export const FLEX_UI_VERSION = '2.17.1';

export interface FlexUi {
  /** The one file that it is, ready for a browser. It need not exist. */
  file: string;
  /** Flex plugins to load: folders with `src/index.*`, or their main files. Bundled at each load of the page. */
  plugins: readonly string[];
}

/** In the folder that git ignores. */
export const FETCHED_FLEX_UI = join(LOCAL_FOLDER, `flex-ui-${FLEX_UI_VERSION}.js`);
