/** The complete set-up of `npm start`, on free ports: an emulator, and the real twilio-run with the deployed files. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import twilio from 'twilio';
import type { Account } from '../../emulator/core/account';
import type { Emulator } from '../../emulator/emulator';
import type { Reservation } from '../../emulator/taskrouter/model';
import { startFunctions, type FunctionsProcess } from '../../scripts/functions-process';
import { placeBuild } from './built';
import { startEmulator, twilioClient } from './emulator';
import { emulatorSettings } from './functions-server';
import { ToolkitProject } from './toolkit';

export interface Stack {
  emulator: Emulator;
  account: Account;
  /** For example `http://localhost:40123`. */
  functionsUrl: string;
  /** twilio-node, as in any back end. */
  twilio: twilio.Twilio;
  /** An Access Token for any identity, like those that Flex issues to its agents. */
  tokenFor(identity: string): string;
  /** Resolves when TaskRouter offers the next Task. Call it before the cause. */
  nextReservation(): Promise<Reservation>;
  /** Restarts the Functions on the same port, with these changes to the initial settings. */
  configure(settings: Record<string, string>): Promise<void>;
  stop(): Promise<void>;
}

/** `settings` replace those in `.env.emulator`. */
export async function startStack(
  settings: Record<string, string> = {},
  foreignOrigins: readonly string[] = [],
): Promise<Stack> {
  const emulator = await startEmulator(foreignOrigins);
  const port = await freePort();
  const functionsUrl = `http://localhost:${port}`;
  const standard = {
    ...emulatorSettings(emulator),
    ALLOWED_ORIGINS: `${functionsUrl},no-origin`,
    ...settings,
  };
  const project = new ToolkitProject();
  const serve = (changes: Record<string, string>): Promise<FunctionsProcess> => {
    project.write({ '.env': toEnvFile({ ...standard, ...changes }) });
    return startFunctions(join(project.folder, '.env'), port, { cwd: project.folder, log: 'ignore' });
  };
  await placeBuild(join(project.folder, 'dist'));
  let functions = await serve({});
  const { account } = emulator;
  return {
    emulator,
    account,
    functionsUrl,
    twilio: twilioClient(emulator),
    tokenFor(identity) {
      const { AccessToken } = twilio.jwt;
      const { accountSid, apiKeySid, apiKeySecret, conversationsServiceSid: serviceSid } = account;
      const token = new AccessToken(accountSid, apiKeySid, apiKeySecret, { identity, ttl: 3600 });
      token.addGrant(new AccessToken.ChatGrant({ serviceSid }));
      return token.toJwt();
    },
    nextReservation() {
      return new Promise((resolve) => {
        const { events } = emulator.world.taskrouter;
        const off = events.on('reservationCreated', ({ reservation }) => {
          off();
          resolve(reservation);
        });
      });
    },
    async configure(changes) {
      await functions.stop();
      functions = await serve(changes);
    },
    async stop() {
      await functions.stop();
      await emulator.stop();
      project.remove();
    },
  };
}

function toEnvFile(settings: Record<string, string>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** twilio-run needs its port in advance. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
