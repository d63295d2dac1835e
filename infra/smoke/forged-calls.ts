/**
 * What only a real deployment can tell: whether its gateway lets a GET through to a Function, and whether a parameter named
 * `request` replaces the headers there, as both happen in the local runtime. `/token` is called, because it changes nothing.
 */
import { post } from './start-chat';

/** A page that no list of origins has. */
const FOREIGN_ORIGIN = 'https://smoke-test.invalid';

export interface ForgedCall {
  what: string;
  /** What the Function answered to the forged call. */
  status: number;
  /** A token was given, against what the headers said. */
  passed: boolean;
}

export async function tryForgedCalls(url: string, origin: string | undefined): Promise<ForgedCall[]> {
  const headers = { origin: origin ?? new URL(url).origin, 'content-type': 'application/json' };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(headers)) query.set(`request[headers][${name}]`, value);
  query.set('request[cookies][a]', 'b');
  const forged = { request: { headers, cookies: {} } };
  return [
    toResult('a GET with forged headers, as an <img> sends it', await fetch(`${url}?${query.toString()}`)),
    toResult('a POST of another site with forged headers', await post(url, FOREIGN_ORIGIN, forged)),
  ];
}

function toResult(what: string, { status, ok }: Response): ForgedCall {
  return { what, status, passed: ok };
}
