/** A request that a Flow makes: to this machine, or to the emulator itself where Twilio's hosts are meant. */
import { toLocalUrl } from '../../core/local-address';
import { signatureHeader } from '../../core/signature';
import type { Outside, WidgetResult } from './widget';

/** Source: docs https://www.twilio.com/docs/studio/widget-library/http-request, .../run-function */
const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 64 * 1024;

export interface HttpCall {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | null;
}

/** Which transition is taken for which outcome. */
interface Outcomes {
  success: string;
  failure: string;
  isSuccess: (status: number) => boolean;
}

/**
 * Never rejects. Signed, like everything that Twilio sends: that is how a receiver, a `.protected` Function for one, knows
 * the Flow. Source: sdk twilio-node, whose live tests check it for Make HTTP Request. Guess: the address is signed without
 * user and password. Differs: redirects are not followed.
 */
export async function call(
  { url, method, headers, body }: HttpCall,
  { success, failure, isSuccess }: Outcomes,
  { clock, emulatorUrl, authToken, stopped }: Outside,
): Promise<WidgetResult> {
  const target = toLocalUrl(url, emulatorUrl);
  if (target === undefined) return { event: failure, error: `${url} is not an address of this machine` };
  const timeout = new AbortController();
  const timer = clock.after(TIMEOUT_MS, () => timeout.abort());
  try {
    const response = await fetch(withoutCredentials(target), {
      method,
      body,
      redirect: 'manual',
      signal: AbortSignal.any([timeout.signal, stopped]),
      headers: {
        ...credentialsOf(url),
        ...headers,
        ...signatureHeader(authToken, {
          url: signedUrl(url),
          contentType: headers['content-type'],
          body,
        }),
        'user-agent': 'TwilioProxy/1.1',
        connection: 'close',
      },
    });
    const text = await response.text();
    if (Buffer.byteLength(text) > MAX_ANSWER_BYTES) {
      return { event: failure, error: `The answer is longer than ${MAX_ANSWER_BYTES} bytes` };
    }
    const { status } = response;
    const variables = toVariables(status, response.headers.get('content-type'), text);
    if (isSuccess(status)) return { event: success, variables };
    return { event: failure, variables, error: `${method} ${withoutCredentials(url)}: HTTP ${status}` };
  } catch (error) {
    if (timeout.signal.aborted) return { event: failure, error: `no answer within ${TIMEOUT_MS} ms` };
    const { message, cause } = error as Error;
    return { event: failure, error: cause instanceof Error ? cause.message : message };
  } finally {
    timer.cancel();
  }
}

/** Only JSON is parsed. Source: docs https://www.twilio.com/docs/studio/widget-library/http-request */
function toVariables(status: number, contentType: string | null, body: string): Record<string, unknown> {
  const variables = { status_code: status, content_type: contentType, body };
  if (!contentType?.startsWith('application/json')) return variables;
  try {
    return { ...variables, parsed: JSON.parse(body) as unknown };
  } catch {
    return variables;
  }
}

export function basicAuth(username: string, password: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

/** `https://user:password@host/` is Studio's way to say Basic auth; fetch refuses such a URL. */
function credentialsOf(url: string): Record<string, string> {
  const { username, password } = new URL(url);
  return username === '' ? {} : basicAuth(decodeURIComponent(username), decodeURIComponent(password));
}

/** Unparsed, because URL would add a slash to a bare host. */
function signedUrl(url: string): string {
  const { username } = new URL(url);
  return username === '' ? url : withoutCredentials(url);
}

function withoutCredentials(url: string): string {
  const plain = new URL(url);
  plain.username = plain.password = '';
  return plain.href;
}
