/** The locations of files read at run time: beside the sources in this repository, beside the program in the package. */
import { join } from 'node:path';

/** Set by the build of the package (scripts/build/emulator.ts), where all code is one file. */
declare const IS_PACKAGED: boolean | undefined;

export const isPackaged = typeof IS_PACKAGED !== 'undefined';

const root = join(__dirname, '..', '..');

export const ACCOUNT_FILE = isPackaged ? join(__dirname, 'data', 'account.env') : join(root, '.env.emulator');
export const FLOWS_FOLDER = isPackaged ? join(__dirname, 'data', 'flows') : join(root, 'infra', 'studio');
/** The page of the agent desk: its sources, or what the build made of them. */
export const DESK_FOLDER = isPackaged ? join(__dirname, 'desk') : join(root, 'emulator', 'desk', 'page');
/** The page around Twilio's Flex UI. */
export const FLEX_UI_FOLDER = isPackaged
  ? join(__dirname, 'flex-ui')
  : join(root, 'emulator', 'flex', 'ui', 'page');
/** The program in which a deployed Function runs. */
export const INSTANCE_PROGRAM = isPackaged
  ? join(__dirname, 'instance.mjs')
  : join(root, 'emulator', 'serverless', 'runtime', 'instance.mjs');
/** The folder for generated files such as the throwaway certificates: in this project, or in the folder where the package runs. */
export const LOCAL_FOLDER = join(isPackaged ? process.cwd() : root, '.emulator');
