/** What an instance says: its own program sends it, but deployed code shares the line and may send anything. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as v from 'valibot';
import { holds } from '../../core/control-input';
import type { Log } from '../model';

export interface Answer {
  status: number;
  headers: Record<string, string | string[]>;
  /** Content type, where the Function sets none. */
  type: string;
  body: string | Uint8Array;
}

const MAX_LOG_CHARS = 64 * 1024;

/** Numbers become text, as in HTTP. */
const headerValue = v.pipe(
  v.union([v.string(), v.number(), v.boolean()]),
  v.transform(String),
  v.check((value) => holds(() => validateHeaderValue('x', value))),
);
const headerName = v.pipe(
  v.string(),
  v.check((name) => holds(() => validateHeaderName(name))),
);
const Answer = v.object({
  status: v.pipe(
    v.union([v.number(), v.string()]),
    v.transform(Number),
    v.integer(),
    v.minValue(200),
    v.maxValue(599),
  ),
  headers: v.record(headerName, v.union([headerValue, v.array(headerValue)])),
  type: v.string(),
  body: v.union([v.string(), v.instance(Uint8Array)]),
});
const LogLine = v.object({
  level: v.picklist(['INFO', 'WARN', 'ERROR']),
  message: v.pipe(
    v.string(),
    v.transform((text) => text.slice(0, MAX_LOG_CHARS)),
  ),
});

/** Empty if it is malformed; an answer that HTTP cannot carry is a failure. */
export function parseMessage(message: unknown): { answer?: Answer; log?: Pick<Log, 'level' | 'message'> } {
  if (v.is(v.object({ log: LogLine }), message)) return { log: v.parse(LogLine, message.log) };
  if (!v.is(v.object({ answer: v.unknown() }), message)) return {};
  const answer = v.safeParse(Answer, message.answer);
  // Guess: the cloud's response to the caller.
  return {
    answer: answer.success
      ? answer.output
      : failure(500, 'The Function gave an answer that HTTP cannot carry'),
  };
}

export function failure(status: number, message: string): Answer {
  return { status, headers: {}, type: 'application/json', body: JSON.stringify({ message }) };
}
