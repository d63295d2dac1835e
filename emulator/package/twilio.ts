/** twilio-node, pointed at an emulator: the package's entry `flex-chat-emulator/twilio`. */
import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient';
import type { Account, Emulator } from '../index';

/** Twilio's own HTTP client; only the address changes: Twilio's host becomes the first segment of the path. */
export class EmulatorHttpClient extends twilio.RequestClient {
  /** `url` is the emulator's, for example `http://127.0.0.1:4010`. */
  constructor(
    private readonly url: string,
    options?: RequestClient.RequestClientOptions,
  ) {
    // Without keep-alive no idle socket outlives a test.
    super({ keepAlive: false, ...options });
  }

  override request<Data>(options: RequestClient.RequestOptions<Data>) {
    const { host, pathname, search } = new URL(options.uri);
    if (!host.endsWith('.twilio.com')) throw new Error(`${options.uri} is not Twilio's`);
    return super.request<Data>({ ...options, uri: `${this.url}/${host}${pathname}${search}` });
  }
}

/** A client for the emulator's account, with its API key. `Emulator.start()` gives both; over HTTP the URL will do. */
export function createTwilioClient({ url, account }: Pick<Emulator, 'url' | 'account'>): twilio.Twilio {
  const { accountSid, apiKeySid, apiKeySecret }: Account = account;
  return twilio(apiKeySid, apiKeySecret, { accountSid, httpClient: new EmulatorHttpClient(url) });
}
