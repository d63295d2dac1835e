/** The emulator on a free port, and twilio-node's real HTTP stack pointed at it. */
import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient';
import { Emulator } from '../../emulator/emulator';

export function startEmulator(): Promise<Emulator> {
  return Emulator.start({ port: 0 });
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
  { username, password, timeout }: { username?: string; password?: string; timeout?: number } = {},
): twilio.Twilio {
  const { accountSid, apiKeySid, apiKeySecret } = emulator.account;
  return twilio(username ?? apiKeySid, password ?? apiKeySecret, {
    accountSid,
    // Without keep-alive no idle socket outlives a test.
    httpClient: new EmulatorRequestClient(emulator.url, { keepAlive: false, ...(timeout && { timeout }) }),
  });
}
