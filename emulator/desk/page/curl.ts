/** A request of the timeline as a command line that sends it again, to this emulator. */
import type { TimelineEntry } from './state/timeline';

type Parameters = Record<string, string | string[]>;

interface RequestDetail {
  /** `POST https://conversations.twilio.com/v1/...` */
  request: string;
  form: Parameters;
  query: Parameters;
  headers: Parameters;
}

/** The account's own credentials, for any sender. */
interface Credentials {
  accountSid: string;
  authToken: string;
}

/** Null if the entry is not a request. `emulatorUrl` is for example `http://127.0.0.1:4010`. */
export function curlFor(
  { kind, detail }: TimelineEntry,
  { accountSid, authToken }: Credentials,
  emulatorUrl: string,
): string | null {
  if (kind !== 'request') return null;
  const { request, form, query, headers } = detail as RequestDetail;
  const [method = '', address = ''] = request.split(' https://');
  const search = pairs(query).length > 0 ? `?${new URLSearchParams(pairs(query))}` : '';
  // The headers with which Twilio's clients change what a call does.
  const kept = pairs(headers).filter(([name]) => /^(x-twilio-webhook-enabled|if-match)$/i.test(name));
  return [
    `curl -X ${method} ${quoted(`${emulatorUrl}/${address}${search}`)}`,
    `-u ${quoted(`${accountSid}:${authToken}`)}`,
    ...kept.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...pairs(form).map(([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`),
  ].join(' \\\n  ');
}

/** Quotes any text for a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function pairs(parameters: Parameters): [string, string][] {
  return Object.entries(parameters).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
}
