/** The emulator on a free port, and twilio-node's real HTTP stack pointed at it. */
import twilio from 'twilio';
import type { Account } from '../../emulator/core/account';
import { Emulator } from '../../emulator/emulator';
import { EmulatorHttpClient } from '../../emulator/package/twilio';

/** `allowedOrigins` are of pages that this machine does not serve under a loopback address. */
export function startEmulator(allowedOrigins: readonly string[] = []): Promise<Emulator> {
  return Emulator.start({ port: 0, allowedOrigins });
}

/**
 * The emulator of the tests of a file or a `describe`: started before them and stopped after them, and as new before each
 * unless it is `kept`. It can be asked for as soon as these hooks have run.
 */
export function useEmulator({ kept = false } = {}): () => Emulator {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator();
  });
  if (!kept) beforeEach(() => emulator.reset());
  afterAll(() => emulator.stop());
  return () => emulator;
}

/** Twilio's own client for the embedded account, with its API key unless other credentials are given. */
export function twilioClient(
  emulator: Emulator,
  credentials: { username?: string; password?: string; timeout?: number } = {},
): twilio.Twilio {
  return twilioClientAt(emulator.url, emulator.account, credentials);
}

/** Likewise, for an emulator in a process of its own. */
export function twilioClientAt(
  url: string,
  { accountSid, apiKeySid, apiKeySecret }: Account,
  { username, password, timeout }: { username?: string; password?: string; timeout?: number } = {},
): twilio.Twilio {
  return twilio(username ?? apiKeySid, password ?? apiKeySecret, {
    accountSid,
    httpClient: new EmulatorHttpClient(url, timeout === undefined ? {} : { timeout }),
  });
}
