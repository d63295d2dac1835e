/**
 * `npm run flex`: `npm start` with Twilio's own Flex UI for the agent, downloaded on first use. From then on `npm
 * start` also serves it, without plugins.
 */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { mainFileOf } from '../emulator/flex/ui/plugins';
import { Remedy, runCommand, type CommandOptions } from '../infra/terminal';
import { fetchFlexUi, isFetched } from './flex-ui/fetch';
import { serve, START_OPTIONS } from './start';

const USAGE = {
  command: 'npm run flex',
  does: "The same as npm start, with Twilio's own Flex UI for the agent.",
  options: {
    plugin: {
      type: 'string',
      multiple: true,
      value: 'FOLDER',
      help: 'a Flex plugin to load, or its main file; reloading the page bundles it again',
    },
    from: {
      type: 'string',
      value: 'URL',
      help: 'downloads Flex UI from this address instead of npm: the file for pages that supply React',
    },
    'fetch-only': { type: 'boolean', help: 'downloads Flex UI without starting anything' },
    'no-open': { type: 'boolean', help: 'does not open a browser' },
    ...START_OPTIONS,
  },
} as const;

async function flex({ environment, args = [], print }: CommandOptions): Promise<number> {
  const { values } = parseArgs({ args, options: USAGE.options });
  const { plugin: plugins = [], from, 'fetch-only': fetchOnly, 'no-open': noOpen, ...startValues } = values;
  for (const path of plugins) checkPlugin(path);
  // A given address is used even if Flex UI was downloaded before.
  if (from !== undefined || !isFetched()) await fetchFlexUi(from);
  if (fetchOnly) return 0;
  return serve(
    startValues,
    { environment, print },
    {
      flexUi: { plugins },
      onServing({ emulator }) {
        const address = `${emulator.url}/flex/`;
        print(`  Flex UI         ${address}   as Grace, who is available
                  ${address}?agent=linus   as Linus; Hedy is the third
`);
        if (!noOpen && process.stdout.isTTY) open(address);
      },
    },
  );
}

function checkPlugin(path: string): void {
  try {
    mainFileOf(path);
  } catch (error) {
    throw new Remedy(
      (error as Error).message,
      'Give the folder that contains the package.json of the plugin.',
    );
  }
}

/** Opens the default browser. Without one, use the printed address. */
function open(address: string): void {
  const commands: Partial<Record<NodeJS.Platform, string[]>> = {
    darwin: ['open'],
    win32: ['cmd', '/c', 'start', ''],
  };
  const [command, ...args] = commands[process.platform] ?? ['xdg-open'];
  spawn(command!, [...args, address], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

if (process.argv[1] === __filename) runCommand(flex, USAGE);
