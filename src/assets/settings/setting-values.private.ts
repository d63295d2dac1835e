/** Parsers of the settings: each returns the value, or throws a sentence that never quotes it. */
import { createPublicKey } from 'node:crypto';
import { isIP } from 'node:net';

/** HMAC-SHA-256 keys shorter than the hash weaken it. Source: RFC 7518, section 3.2 */
const MIN_SECRET_BYTES = 32;

/** A platform of PUSH_CREDENTIAL_SIDS, as a request names it. */
export const PLATFORM = /^[a-z][a-z0-9-]{0,31}$/;

/** The resource of each SID prefix: those that belong in a setting, and those that people paste by mistake. */
const SID_KINDS = {
  AC: 'an Account',
  CH: 'a Conversation',
  CR: 'a push Credential',
  FO: 'a (legacy) Flex Flow',
  FW: 'a Studio Flow',
  IG: 'a Conversations Address',
  IS: 'a Conversations or Sync Service',
  MG: 'a Messaging Service',
  SK: 'an API key',
  TC: 'a TaskChannel',
  WQ: 'a TaskQueue',
  WS: 'a Workspace',
  WW: 'a Workflow',
  ZS: 'a Serverless Service',
};

export function sid(kind: keyof typeof SID_KINDS): (text: string) => string {
  return (value) => {
    if (new RegExp(`^${kind}[0-9a-fA-F]{32}$`).test(value)) return value;
    const pasted = /^([A-Z]{2})[0-9a-fA-F]{32}$/.exec(value)?.[1] ?? '';
    const other = Object.hasOwn(SID_KINDS, pasted) ? SID_KINDS[pasted as keyof typeof SID_KINDS] : undefined;
    const what = `must be ${kind} and 32 hexadecimal digits, the SID of ${SID_KINDS[kind]}`;
    throw new Error(other ? `${what}; this is the SID of ${other}` : what);
  };
}

/** `ios=CR…,android=CR…`: the app names the platform, so the names are free. */
export function pushCredentials(value: string): ReadonlyMap<string, string> {
  const list = value.split(',').map((one) => one.trim().split('='));
  const sids = new Map(list.map(([platform, sid]) => [platform!, sid!]));
  const areNames = list.every(([platform, _sid, more]) => PLATFORM.test(platform!) && more === undefined);
  if (!areNames || sids.size < list.length) {
    throw new Error(
      'must be pairs of a platform and a SID, separated by commas, for example ios=CR…,android=CR…',
    );
  }
  for (const one of sids.values()) sid('CR')(one);
  return sids;
}

export function oneOf<Word extends string>(...words: Word[]): (text: string) => Word {
  return (value) => {
    const word = words.find((one) => one === value);
    if (word === undefined) throw new Error(`must be ${words.join(' or ')}`);
    return word;
  };
}

export function secret(value: string): string {
  if (Buffer.byteLength(value) < MIN_SECRET_BYTES)
    throw new Error(`must have at least ${MIN_SECRET_BYTES} bytes`);
  return value;
}

export function text(value: string): string {
  return value;
}

/** The width of a line in Flex. */
const MAX_NAME_CHARS = 48;

/** By language, `{ "en": "…" }`. The Flow puts them into a template. */
export function textsByLanguage(value: string): Readonly<Record<string, string>> {
  let texts: unknown;
  try {
    texts = JSON.parse(value);
  } catch {
    texts = undefined;
  }
  const entries = Object.entries((texts ?? {}) as Record<string, unknown>);
  const isGood = ([language, one]: [string, unknown]): boolean =>
    /^[a-z]{2}$/.test(language) && typeof one === 'string' && one.trim() !== '' && !/{{|{%/.test(one);
  if (entries.length === 0 || !entries.every(isGood)) {
    throw new Error('must be texts by language, such as {"en":"Please wait."}, without {{ or {%');
  }
  return texts as Record<string, string>;
}

export function name(value: string): string {
  if (value.trim() === '' || value.length > MAX_NAME_CHARS) {
    throw new Error(`must be a name of at most ${MAX_NAME_CHARS} characters`);
  }
  return value;
}

export function score(value: string): number {
  const number = Number(value);
  if (!/^\d(\.\d+)?$/.test(value) || number > 1) throw new Error('must be a number from 0 to 1, such as 0.5');
  return number;
}

export function hostnames(value: string): readonly string[] {
  const list = value.split(',').map((one) => one.trim());
  if (!list.every((one) => /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(one))) {
    throw new Error('must be host names in lower case, separated by commas');
  }
  return list;
}

export function timeZone(value: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
  } catch {
    throw new Error('must be an IANA time zone such as Europe/Berlin');
  }
  return value;
}

export function integer(min: number, max: number): (text: string) => number {
  return (value) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < min || number > max) {
      throw new Error(`must be a whole number from ${min} to ${max}`);
    }
    return number;
  };
}

export function trueOrFalse(value: string): boolean {
  if (value !== 'true' && value !== 'false') throw new Error('must be true or false');
  return value === 'true';
}

/** ISO 8601 in days, hours, minutes and seconds. Twilio rejects every start with a shorter one (50375, 50376). */
export function duration(minMinutes: number): (text: string) => string {
  return (value) => {
    const match = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(value);
    if (!match) throw new Error('must be an ISO 8601 duration such as PT30M or P1D');
    const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as number[];
    if (days! * 24 * 60 + hours! * 60 + minutes! + seconds! / 60 < minMinutes) {
      throw new Error(`must be at least PT${minMinutes}M`);
    }
    return value;
  };
}

/** `https://shop.example`, `https://*.shop.example`, `http://localhost:3000`: no path, no bare `*`. */
export function origins(value: string): readonly string[] {
  const list = value.split(',').map((one) => one.trim());
  const label = '[a-z0-9]([a-z0-9-]*[a-z0-9])?';
  const pattern = new RegExp(
    `^(no-origin|loopback)$|^https?://(\\*\\.${label}\\.)?${label}(\\.${label})*(:\\d{1,5})?$`,
  );
  const wrong = list.findIndex((one) => !pattern.test(one));
  if (wrong >= 0) {
    throw new Error(
      `must be origins in lower case without a path, for example https://*.example.com; entry ${wrong + 1} is not`,
    );
  }
  return list;
}

export function publicKey(value: string): string {
  const pem = value.replaceAll('\\n', '\n');
  let key;
  try {
    key = createPublicKey(pem);
  } catch {
    throw new Error('must be a public key in PEM');
  }
  const isRsa = key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
  const isP256 = key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  if (!isRsa && !isP256) throw new Error('must be an RSA key of at least 2,048 bits or a P-256 key');
  if (pem.includes('PRIVATE KEY')) throw new Error('must be the public key, not the private one');
  return pem;
}

function urlOf(value: string): URL {
  try {
    return new URL(value);
  } catch {
    throw new Error('must be a URL');
  }
}

function isLoopback({ hostname }: URL): boolean {
  return /^127(\.\d{1,3}){3}$/.test(hostname) || hostname === 'localhost' || hostname === '[::1]';
}

/** Requests contain the account's credentials, so only this machine may replace Twilio. */
export function loopbackUrl(protocol: string): (text: string) => string {
  return (value) => {
    const url = urlOf(value);
    if (url.protocol !== protocol || !isLoopback(url) || url.username !== '' || url.password !== '') {
      throw new Error(`must be a ${protocol}// URL with a loopback address`);
    }
    return value;
  };
}

/** The SDK sends an Access Token there, no credentials: a phone in the same network may use the emulator, by its address. */
export function addressUrl(protocol: string): (text: string) => string {
  return (value) => {
    const url = urlOf(value);
    const isAddress = url.hostname === 'localhost' || isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0;
    if (url.protocol !== protocol || !isAddress || url.username !== '' || url.password !== '') {
      throw new Error(`must be a ${protocol}// URL with an IP address`);
    }
    return value;
  };
}

export function httpsUrl(value: string): string {
  const url = urlOf(value);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    throw new Error('must be an https:// URL');
  }
  return value;
}
