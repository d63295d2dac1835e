/**
 * `npm run emulator [-- --port N --proxy-port N]`: the emulator and its proxy, until Ctrl-C.
 * `npm run emulator -- parity FILE`: a recording of a real account, compared with the emulator.
 */
import { parseArgs } from 'node:util';
import { Emulator } from './emulator';
import { parity } from './parity/parity';
import { ConnectProxy } from './proxy/connect-proxy';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '4010' },
      'proxy-port': { type: 'string', default: '4011' },
    },
  });
  const [command, file] = positionals;
  if (command !== undefined) {
    if (command !== 'parity' || file === undefined) throw new Error('The one command is: parity FILE');
    process.exitCode = await parity(file, console.log);
    return;
  }
  const emulator = await Emulator.start({ port: portOf(values.port) });
  const proxy = await ConnectProxy.start({
    port: portOf(values['proxy-port']),
    emulatorUrl: emulator.url,
  }).catch(async (error: NodeJS.ErrnoException) => {
    await emulator.stop();
    throw error.code === 'EADDRINUSE' ? new Error(`Port ${values['proxy-port']} is taken.`) : error;
  });
  console.log(`Emulator  ${emulator.url}  (agent desk: open it in a browser)`);
  console.log(`REST      ${emulator.url}/conversations.twilio.com/v1/...`);
  console.log(`Realtime  ${emulator.url.replace('http', 'ws')}/v3/wsconnect`);
  console.log(`Proxy     ${proxy.url}  (certificate: ${proxy.caFile})`);
  const { accountSid, authToken } = emulator.account;
  console.log(`
For curl, twilio-cli, twilio-node or the toolkit, in the shell where you use them:

export HTTP_PROXY=${proxy.url} HTTPS_PROXY=${proxy.url}
export CURL_CA_BUNDLE="${proxy.caFile}" NODE_EXTRA_CA_CERTS="${proxy.caFile}"
export TWILIO_ACCOUNT_SID=${accountSid} TWILIO_AUTH_TOKEN=${authToken}

Hosts other than Twilio's are refused there. Ctrl-C ends the emulator.`);

  const stop = (): void => void Promise.all([emulator.stop(), proxy.stop()]);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

/** 0 takes any free port. */
function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new Error(`${text} is not a port`);
  return port;
}

main().catch((error: Error) => {
  console.error(`The emulator cannot start: ${error.message}`);
  process.exit(1);
});
