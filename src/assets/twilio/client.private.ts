/**
 * Calls from Functions to Twilio's REST API: twilio-node, within the deadline of one Function call, over connections
 * that outlive it. Against the emulator, the same calls go to its URL.
 */
import type { Twilio } from 'twilio';
import RequestClient from 'twilio/lib/base/RequestClient';
import type { Config } from '../settings/config.private';
import { failureIn, networkFailure } from './failure.private';
import { Retry } from './retry.private';

/** Ends the User-Agent of every call, so that Twilio's support and the contract tests can identify this project. */
const USER_AGENT = 'flex-custom-chat';

/** Twilio, for the duration of one Function call. */
export interface TwilioCalls {
  client: Twilio;
  retry: Retry;
  config: Config;
  /** Of this deployment. */
  domainName: string | undefined;
}

export interface TwilioClientSource {
  getTwilioClient(options: object): Twilio;
  /** Set by the platform. */
  DOMAIN_NAME?: string;
}

/**
 * One connection pool for all calls: a TLS handshake costs two round trips. In a process that was frozen in between,
 * the connections are dead; the first call over each fails with a reset, and `retry` repeats it.
 */
let connections: RequestClient | undefined;

/**
 * @param startedAtMs when the Function was called, on the clock of `performance`: its time counts from there
 */
export function createTwilioCalls(
  context: TwilioClientSource,
  config: Config,
  startedAtMs: number,
): TwilioCalls {
  const retry = Retry.since(startedAtMs);
  connections ??= new RequestClient();
  const base = config.TWILIO_API_BASE_URL === undefined ? undefined : new URL(config.TWILIO_API_BASE_URL);
  const httpClient = repeatingClient(connections, base, retry);
  const client = context.getTwilioClient({ httpClient, userAgentExtensions: [USER_AGENT] });
  return { client, retry, config, domainName: context.DOMAIN_NAME };
}

/** Ends each call in time, and separates transient failures (`TwilioFailure`) from answers for twilio-node. */
function repeatingClient(
  shared: RequestClient,
  base: URL | undefined,
  retry: Retry,
): Pick<RequestClient, 'request'> {
  return {
    async request(options) {
      const uri = base ? toEmulator(base, options.uri) : options.uri;
      const response = await shared
        .request({ ...options, uri, timeout: retry.callTimeoutMs() })
        .catch((error: unknown) => {
          throw networkFailure(error);
        });
      const failure = failureIn(response);
      if (failure) throw failure;
      return response as never;
    },
  };
}

/** The same path, with Twilio's host as its first segment. The settings allow only loopback addresses. */
function toEmulator(base: URL, uri: string): string {
  const { hostname, pathname, search } = new URL(uri);
  return `${base.origin}/${hostname}${pathname}${search}`;
}
