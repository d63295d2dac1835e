/**
 * `npm run flex [-- --plugin FOLDER --from URL --fetch --no-open]`: like `npm start`, with Twilio's own Flex UI for the
 * agent. What it needs is fetched the first time.
 *
 * --plugin FOLDER  a Flex plugin's folder, or its main file; can be given several times. A reload of the page bundles it again
 * --from URL       Flex UI from this address instead of npm: the file that Twilio serves for pages that bring React
 * --fetch          only fetches
 * --no-open        does not open a browser
 */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { mainFileOf } from '../emulator/flex/ui/plugins';
import { fetchFlexUi, isFetched } from './flex-ui/fetch';
import { FUNCTIONS_PORT } from './ports';
import { checkPorts, runLocally } from './run-locally';

async function flex(): Promise<void> {
  const { values } = parseArgs({
    options: {
      plugin: { type: 'string', multiple: true, default: [] },
      from: { type: 'string' },
      fetch: { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
    },
  });
  const { plugin: plugins, from } = values;
  for (const path of plugins) mainFileOf(path);
  if (!values.fetch) await checkPorts();
  // An address that is given is used, whatever is there.
  if (from !== undefined || !isFetched()) await fetchFlexUi(from);
  if (values.fetch) return;

  const emulatorUrl = await runLocally({ flexUi: { plugins } });
  const address = `${emulatorUrl}/flex/`;
  console.log(`
  Customer page   http://localhost:${FUNCTIONS_PORT}/index.html
  Flex UI         ${address}   as Grace, who is available
                  ${address}?agent=linus   as Linus; Hedy is the third
  Agent desk      ${emulatorUrl}/   with everything that happens behind it

Write as the customer, accept as the agent. Ctrl-C ends all of it.
`);
  if (!values['no-open'] && process.stdout.isTTY) open(address);
}

/** In the browser that the system would take. Where there is none, the address above has to do. */
function open(address: string): void {
  const [command, ...args] = {
    darwin: ['open'],
    win32: ['cmd', '/c', 'start', ''],
  }[process.platform as string] ?? ['xdg-open'];
  spawn(command!, [...args, address], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

flex().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
