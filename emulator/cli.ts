/** `npm run emulator [-- --port N --proxy-port N]`: the emulator and its proxy, until Ctrl-C. */
import { parseArgs } from 'node:util';
import { Emulator } from './emulator';
import { ConnectProxy } from './proxy/connect-proxy';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4010' },
      'proxy-port': { type: 'string', default: '4011' },
    },
  });
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

  const stop = async (): Promise<void> => {
    await Promise.all([emulator.stop(), proxy.stop()]);
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
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
