/** `npm run emulator [-- options]`, `npx flex-chat-emulator [options]`: the emulator and its proxy, until Ctrl-C. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { HELP, parseCli, type CliOptions } from './cli-options';
import { ConnectProxy, Emulator, readSeed } from './index';
import { parity } from './parity/parity';
import type { Account } from './core/account';
import { readState, writeState } from './state-files';

async function main(): Promise<void> {
  const options = parseCli(process.argv.slice(2));
  if (options.help) return void process.stdout.write(HELP);
  if (options.recording !== undefined) {
    process.exitCode = await parity(options.recording, console.log);
    return;
  }
  const { port, proxyPort, listen, hosts, allowedOrigins, maxMessages } = options;
  const emulator = await Emulator.start({ port, host: listen, hosts, allowedOrigins, maxMessages });
  const proxy = await ConnectProxy.start({ port: proxyPort, host: listen, emulatorUrl: emulator.url }).catch(
    async (error: NodeJS.ErrnoException) => {
      await emulator.stop();
      throw error.code === 'EADDRINUSE' ? new Error(`Port ${proxyPort} is taken.`) : error;
    },
  );
  await begin(emulator, options).catch(async (error: Error) => {
    await Promise.all([emulator.stop(), proxy.stop()]);
    throw error;
  });
  const stop = async (): Promise<void> => {
    if (options.exportOnExit) writeState(options.exportOnExit, await emulator.snapshot());
    await Promise.all([emulator.stop(), proxy.stop()]);
  };
  if (options.command) {
    const code = await run(options.command, emulator, proxy);
    await stop();
    process.exit(code);
  }
  console.log(welcome(emulator, proxy));
  if (listen !== '127.0.0.1') {
    console.log(
      '\nIt listens on all addresses: any client that reaches this machine has full control and can deploy and run code.',
    );
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().then(() => process.exit(0), fail));
  }
}

async function begin(emulator: Emulator, { seed, import: folder }: CliOptions): Promise<void> {
  emulator.world.studio.flows.check();
  if (folder) await emulator.restore(readState(folder));
  if (seed) emulator.sow(readSeed(seed));
}

/** The environment that Twilio's tools need. */
function environmentFor({ accountSid, authToken }: Account, { url, caFile }: ConnectProxy) {
  return {
    HTTP_PROXY: url,
    HTTPS_PROXY: url,
    CURL_CA_BUNDLE: caFile,
    NODE_EXTRA_CA_CERTS: caFile,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
  };
}

/** Quoted for this machine's shell: PowerShell on Windows. */
function inShell(environment: Record<string, string>): string {
  const lines = Object.entries(environment).map(([name, value]) =>
    process.platform === 'win32' ? `$env:${name} = '${value}'` : `export ${name}="${value}"`,
  );
  return lines.join('\n');
}

/** Sets the environment that the guide's tools and your own client need. Returns the exit code as a shell reports it. */
function run([command, ...args]: string[], emulator: Emulator, proxy: ConnectProxy): Promise<number> {
  const child = spawn(command!, args, {
    stdio: 'inherit',
    // On Windows, npm and similar commands are scripts.
    shell: process.platform === 'win32',
    env: { ...process.env, EMULATOR_URL: emulator.url, ...environmentFor(emulator.account, proxy) },
  });
  // Ctrl-C also stops the command; the emulator runs until the command has ended.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal!]));
  });
}

function welcome({ url, account }: Emulator, proxy: ConnectProxy): string {
  return `Emulator  ${url}  (agent desk: open it in a browser)
REST      ${url}/conversations.twilio.com/v1/...
Realtime  ${url.replace('http', 'ws')}/v3/wsconnect
Proxy     ${proxy.url}  (certificate: ${proxy.caFile})

For curl, twilio-cli, twilio-node or the toolkit, in the shell where you use them:

${inShell(environmentFor(account, proxy))}

Hosts other than Twilio's are refused there. Ctrl-C ends the emulator.`;
}

function fail(error: Error): void {
  console.error(`The emulator cannot continue: ${error.message}`);
  process.exit(1);
}

main().catch(fail);
