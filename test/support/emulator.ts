/** The emulator on a free port, and twilio-node's real HTTP stack connected to it. */
import twilio from 'twilio';
import type { Account } from '../../emulator/core/account';
import { Emulator } from '../../emulator/emulator';
import { EmulatorHttpClient } from '../../emulator/package/twilio';

/** `allowedOrigins` are origins of pages outside of loopback addresses. */
export function startEmulator(allowedOrigins: readonly string[] = []): Promise<Emulator> {
  return Emulator.start({ port: 0, allowedOrigins });
}

/**
 * The emulator for the tests of a file or a `describe`: started before them and stopped after them, and reset before
 * each unless it is `kept`. It is available once these hooks have run.
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

/** The same, for an emulator in a separate process. */
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
