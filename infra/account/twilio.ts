/** twilio-node for the account, and explanations of its errors. */
import twilio, { type Twilio } from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient';
import { Remedy } from '../terminal';

/** The same name as the Functions use: it ends the User-Agent of every call. */
const USER_AGENT = 'flex-custom-chat';

type Environment = Record<string, string | undefined>;

/** TWILIO_API_BASE_URL (from the environment, never from .env) sends every call to an emulator on this machine. */
export function connect(
  username: string,
  password: string,
  accountSid: string,
  environment: Environment,
): Twilio {
  // twilio-node throws an unhelpful error for it.
  if (!ACCOUNT_SID.test(accountSid)) throw wrongAccountSid(accountSid);
  const base = loopbackUrl('TWILIO_API_BASE_URL', 'http:', environment);
  const options = { autoRetry: true, keepAlive: false };
  return twilio(username, password, {
    accountSid,
    userAgentExtensions: [USER_AGENT],
    httpClient: base ? new EmulatorRequestClient(base, options) : new twilio.RequestClient(options),
  });
}

/** `https://<domain>/<path>`, or the emulator's URL for that domain. */
export function deployedUrl(domain: string, path: string, environment: Environment): string {
  const base = loopbackUrl('TWILIO_API_BASE_URL', 'http:', environment);
  return base ? `${base.origin}/${domain}${path}` : `https://${domain}${path}`;
}

/**
 * A variable that replaces Twilio with an emulator on this machine. Requests contain the account's credentials, so no
 * other machine is accepted.
 */
export function loopbackUrl(
  name: 'TWILIO_API_BASE_URL' | 'TWILIO_REALTIME_URL',
  protocol: 'http:' | 'ws:',
  environment: Environment,
): URL | undefined {
  const text = environment[name];
  if (!text) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === protocol && LOOPBACK.test(url.hostname)) return url;
  throw new Remedy(
    `${name} in the environment must be a ${protocol}// URL with a loopback address.`,
    `Unset it, or set it to an emulator on this machine, for example ${protocol}//127.0.0.1:4010.`,
  );
}

const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/;
const ACCOUNT_SID = /^AC[0-9a-f]{32}$/;

function wrongAccountSid(text: string): Remedy {
  const kind = text.startsWith('SK') ? ' (SK… is an API key)' : '';
  return new Remedy(
    `ACCOUNT_SID is not AC and 32 hexadecimal digits${kind}.`,
    'Copy "Account SID" from the first page of the Twilio Console.',
  );
}

class EmulatorRequestClient extends twilio.RequestClient {
  constructor(
    private readonly base: URL,
    options: RequestClient.RequestClientOptions,
  ) {
    super(options);
  }

  override request<Data>(options: RequestClient.RequestOptions<Data>) {
    const { host, pathname, search } = new URL(options.uri);
    return super.request<Data>({ ...options, uri: `${this.base.origin}/${host}${pathname}${search}` });
  }
}

interface Refusal {
  status?: number;
  code?: number | string;
  message: string;
}

export function isNotFound(error: unknown): boolean {
  return (error as Refusal).status === 404;
}

/** Undefined for a missing resource; rethrows every other error. */
export function orMissing(error: unknown): undefined {
  if (isNotFound(error)) return undefined;
  throw error;
}

/** Explains a failed call. `doing` completes "While …". The text includes Twilio's message, which contains no secret. */
export function explain(error: unknown, doing: string): Error {
  if (error instanceof Remedy || !(error instanceof Error)) return error as Error;
  const { status, code, message } = error as Refusal & Error;
  // Node's own messages end with the code's reason, for example "getaddrinfo ENOTFOUND …".
  const isNamed = code === undefined || message.includes(String(code));
  const what = `While ${doing}: ${message}${isNamed ? '' : ` (${code})`}`;
  if (status === 401) {
    return new Remedy(what, 'Check ACCOUNT_SID and AUTH_TOKEN: Twilio Console, Account, API keys & tokens.');
  }
  if (status === 403)
    return new Remedy(
      what,
      'These credentials lack the permission. Use the Auth Token of an account with Flex.',
    );
  if (status === 429 || (status !== undefined && status >= 500)) {
    return new Remedy(
      what,
      'Twilio is overloaded or has a fault. Run the same command again: it continues where it stopped.',
    );
  }
  // A network error has a code of Node's, for example ECONNRESET. Without one this is a bug in this project.
  if (status === undefined && typeof code !== 'string') return error;
  if (status === undefined) {
    return new Remedy(what, 'Twilio could not be reached. Check the network and run the same command again.');
  }
  return new Remedy(what, `See https://www.twilio.com/docs/api/errors/${code ?? status}`);
}
