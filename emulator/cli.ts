/** `npm run emulator [-- options]`, `npx flex-chat-emulator [options]`: the emulator and its proxy, until Ctrl-C. */
import { HELP, parseCli } from './cli-options';
import { ConnectProxy, Emulator } from './index';

async function main(): Promise<void> {
  const options = parseCli(process.argv.slice(2));
  if (options.help) return void process.stdout.write(HELP);
  const { port, proxyPort, listen, hosts, allowedOrigins } = options;
  const emulator = await Emulator.start({ port, host: listen, hosts, allowedOrigins });
  const proxy = await ConnectProxy.start({ port: proxyPort, host: listen, emulatorUrl: emulator.url }).catch(
    async (error: NodeJS.ErrnoException) => {
      await emulator.stop();
      throw error.code === 'EADDRINUSE' ? new Error(`Port ${proxyPort} is taken.`) : error;
    },
  );
  console.log(welcome(emulator, proxy));
  if (listen !== '127.0.0.1') {
    console.log(
      '\nIt listens on all addresses: whoever reaches this machine can use it, and run code by deploying it.',
    );
  }

  const stop = async (): Promise<void> => {
    await Promise.all([emulator.stop(), proxy.stop()]);
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
}

function welcome({ url, account }: Emulator, proxy: ConnectProxy): string {
  return `Emulator  ${url}  (agent desk: open it in a browser)
REST      ${url}/conversations.twilio.com/v1/...
Realtime  ${url.replace('http', 'ws')}/v3/wsconnect
Proxy     ${proxy.url}  (certificate: ${proxy.caFile})

For curl, twilio-cli, twilio-node or the toolkit, in the shell where you use them:

export HTTP_PROXY=${proxy.url} HTTPS_PROXY=${proxy.url}
export CURL_CA_BUNDLE="${proxy.caFile}" NODE_EXTRA_CA_CERTS="${proxy.caFile}"
export TWILIO_ACCOUNT_SID=${account.accountSid} TWILIO_AUTH_TOKEN=${account.authToken}

Hosts other than Twilio's are refused there. Ctrl-C ends the emulator.`;
}

main().catch((error: Error) => {
  console.error(`The emulator cannot start: ${error.message}`);
  process.exit(1);
});
