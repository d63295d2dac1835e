/**
 * Checks that only a real deployment allows: whether its gateway passes a GET to a Function, and whether a parameter
 * named `request` replaces the headers there, as in the local runtime. `/token` is called, because it changes nothing.
 */
import { post } from './start-chat';

/** An origin that is on no list. */
const FOREIGN_ORIGIN = 'https://smoke-test.invalid';

export interface ForgedCall {
  what: string;
  /** The Function's answer to the forged call. */
  status: number;
  /** The Function issued a token, despite the real headers. */
  passed: boolean;
}

export async function tryForgedCalls(url: string, origin: string | undefined): Promise<ForgedCall[]> {
  const headers = { origin: origin ?? new URL(url).origin, 'content-type': 'application/json' };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(headers)) query.set(`request[headers][${name}]`, value);
  query.set('request[cookies][a]', 'b');
  const forged = { request: { headers, cookies: {} } };
  return [
    toResult('a GET with forged headers, as from an <img>', await fetch(`${url}?${query.toString()}`)),
    toResult('a POST of another site with forged headers', await post(url, FOREIGN_ORIGIN, forged)),
  ];
}

function toResult(what: string, { status, ok }: Response): ForgedCall {
  return { what, status, passed: ok };
}
