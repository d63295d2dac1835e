/** The valid shapes of a fault. It goes into answers, and its pattern is matched against every request. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as v from 'valibot';
import { holds, integer, json, text, times, waitMs } from '../core/control-input';
import { isPathPattern } from '../core/path-pattern';

const MAX_HEADERS = 50;
const MAX_HEADER_VALUE_CHARS = 4096;
/** These headers frame the answer and control the connection, so the emulator's own HTTP server sets them. */
const FRAMING_HEADERS = [
  'connection',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

const headers = v.pipe(
  v.record(
    v.pipe(
      text,
      v.check((name) => holds(() => validateHeaderName(name)), 'is not the name of a header'),
      v.check((name) => !FRAMING_HEADERS.includes(name.toLowerCase()), 'is a header of the connection'),
    ),
    v.pipe(
      v.string(),
      v.maxLength(MAX_HEADER_VALUE_CHARS),
      v.check((value) => holds(() => validateHeaderValue('x', value)), 'cannot stand in a header'),
    ),
  ),
  v.maxEntries(MAX_HEADERS),
);

export const Fault = v.strictObject({
  kind: v.picklist(['status', 'resetBefore', 'resetAfter', 'hang', 'delay']),
  host: v.optional(text),
  method: v.optional(text),
  path: v.optional(
    v.pipe(text, v.check(isPathPattern, 'is no regular expression that ends soon for every path')),
  ),
  status: v.optional(integer(200, 599)),
  headers: v.optional(headers),
  body: v.optional(json),
  delayMs: v.optional(waitMs),
  probability: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  seed: v.optional(v.pipe(v.number(), v.safeInteger())),
  times: v.optional(times),
});
