/**
 * With `EMULATOR_RECORDING=<folder>`, every answered REST call is appended to a file there, one JSON line each.
 * `npm run test:contract` holds them against Twilio's specification.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hostOf } from './twilio-address';

export interface RecordedCall {
  host: string;
  method: string;
  /** Below the host, with query. */
  path: string;
  headers: Record<string, string | string[] | undefined>;
  /** Null where the answer was given before the body was read, and for bytes (uploads). */
  body: string | null;
  status: number;
  answer: string;
  /** The answer is an injected fault's: the emulator would have given another one. */
  isFault: boolean;
}

export function recordCalls(app: FastifyInstance, folder = process.env['EMULATOR_RECORDING']): void {
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  // A file for each process: test workers run side by side.
  const file = join(folder, `${process.pid}.jsonl`);
  app.addHook('onSend', (request, reply, payload, done) => {
    const host = hostOf(request.url);
    if (host !== undefined) {
      const call: RecordedCall = {
        host,
        method: request.method,
        path: request.url.slice(`/${host}`.length),
        headers: withoutCredentials(request.headers),
        body: bodyOf(request),
        status: reply.statusCode,
        answer: typeof payload === 'string' ? payload : '',
        isFault: request.journalEntry?.fault === 'status',
      };
      appendFileSync(file, `${JSON.stringify(call)}\n`);
    }
    done(null, payload);
  });
}

function bodyOf({ body, headers }: FastifyRequest): string | null {
  if (Buffer.isBuffer(body)) return null;
  if (body === undefined || body === null) return Number(headers['content-length'] ?? 0) > 0 ? null : '';
  return body instanceof URLSearchParams || typeof body === 'string' ? String(body) : JSON.stringify(body);
}

function withoutCredentials(headers: FastifyRequest['headers']): RecordedCall['headers'] {
  return { ...headers, authorization: undefined };
}
