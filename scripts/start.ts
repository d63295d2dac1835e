/** `npm start`: the emulator and the Functions on this machine, until Ctrl-C. */
import { FUNCTIONS_PORT } from './ports';
import { checkPorts, runLocally } from './run-locally';

async function start(): Promise<void> {
  await checkPorts();
  const emulatorUrl = await runLocally();
  console.log(`
  Customer page   http://localhost:${FUNCTIONS_PORT}/index.html
  Agent desk      ${emulatorUrl}/

Open both side by side, write as the customer, accept as the agent. Ctrl-C ends all of it.
`);
}

start().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
