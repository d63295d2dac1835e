/** The emulator on a free port, and twilio-node's real HTTP stack pointed at it. */
import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient';
import type { Account } from '../../emulator/core/account';
import { Emulator } from '../../emulator/emulator';

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

/** Only the address changes: Twilio's host becomes the first segment of the path, as the emulator expects it. */
class EmulatorRequestClient extends twilio.RequestClient {
  constructor(
    private readonly emulatorUrl: string,
    options?: RequestClient.RequestClientOptions,
  ) {
    super(options);
  }

  override request<Data>(options: RequestClient.RequestOptions<Data>) {
    const { host, pathname, search } = new URL(options.uri);
    if (!host.endsWith('.twilio.com')) throw new Error(`${options.uri} is not Twilio's`);
    return super.request<Data>({ ...options, uri: `${this.emulatorUrl}/${host}${pathname}${search}` });
  }
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
    // Without keep-alive no idle socket outlives a test.
    httpClient: new EmulatorRequestClient(url, { keepAlive: false, ...(timeout && { timeout }) }),
  });
}
