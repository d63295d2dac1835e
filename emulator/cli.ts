/** `npm run emulator`: the emulator and its proxy, until Ctrl-C. */
import { Emulator } from './emulator';
import { ConnectProxy } from './proxy/connect-proxy';

const PORT = 4010;
const PROXY_PORT = 4011;

async function main(): Promise<void> {
  const emulator = await Emulator.start({ port: PORT });
  const proxy = await ConnectProxy.start({ port: PROXY_PORT, emulatorUrl: emulator.url }).catch(
    async (error: NodeJS.ErrnoException) => {
      await emulator.stop();
      throw error.code === 'EADDRINUSE' ? new Error(`Port ${PROXY_PORT} is taken.`) : error;
    },
  );
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

main().catch((error: Error) => {
  console.error(`The emulator cannot start: ${error.message}`);
  process.exit(1);
});
