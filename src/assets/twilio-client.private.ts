/** How Functions reach Twilio's REST API: twilio-node with a short timeout, or the same calls sent to the emulator. */
import type { Twilio } from 'twilio';
import RequestClient from 'twilio/lib/base/RequestClient';
import type { Config } from './config.private';

/**
 * Twilio usually answers within 0.1 s and a Function may run for 10 s; two seconds leave room for another try.
 * twilio-node's own default, 30 s, outlasts the Function.
 */
const CALL_TIMEOUT_MS = 2000;

export interface TwilioClientSource {
  getTwilioClient(options: object): Twilio;
}

export function createTwilioClient(context: TwilioClientSource, config: Config): Twilio {
  const options = { timeout: CALL_TIMEOUT_MS };
  const httpClient = config.TWILIO_API_BASE_URL
    ? new EmulatorRequestClient(new URL(config.TWILIO_API_BASE_URL), options)
    : new RequestClient(options);
  return context.getTwilioClient({ httpClient });
}

/** Sends each call to `base`, with Twilio's host as first segment of the path. The settings allow only loopback. */
class EmulatorRequestClient extends RequestClient {
  constructor(
    private readonly base: URL,
    options: { timeout: number },
  ) {
    super(options);
  }

  override request: RequestClient['request'] = (options) => {
    const { hostname, pathname, search } = new URL(options.uri);
    return super.request({ ...options, uri: `${this.base.origin}/${hostname}${pathname}${search}` });
  };
}
