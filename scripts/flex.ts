/**
 * `npm run flex`: `npm start` with Twilio's own Flex UI for the agent, fetched the first time. `npm start` serves it as well
 * from then on, without plugins.
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
      help: 'a Flex plugin to load, or its main file; a reload of the page bundles it again',
    },
    from: {
      type: 'string',
      value: 'URL',
      help: 'fetches Flex UI from this address, instead of npm: the file for pages that bring React',
    },
    'fetch-only': { type: 'boolean', help: 'fetches Flex UI, and starts nothing' },
    'no-open': { type: 'boolean', help: 'opens no browser' },
    ...START_OPTIONS,
  },
} as const;

async function flex({ environment, args = [], print }: CommandOptions): Promise<number> {
  const { values } = parseArgs({ args, options: USAGE.options });
  const { plugin: plugins = [], from, 'fetch-only': fetchOnly, 'no-open': noOpen, ...startValues } = values;
  for (const path of plugins) checkPlugin(path);
  // An address that is given is used, whatever is there.
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
    throw new Remedy((error as Error).message, 'Give the folder that has the package.json of the plugin.');
  }
}

/** In the browser that the system would take. Where there is none, the printed address has to do. */
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
