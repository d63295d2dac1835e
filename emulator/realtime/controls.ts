/** The realtime service's test hooks over HTTP, outside Twilio's paths: `/emulator/realtime/...`, JSON in and out. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { invalidParameter } from '../core/errors';
import type { Realtime } from './domain';

const PREFIX = '/emulator/realtime';

const drop = z.strictObject({ identity: z.string().optional() });

const close = z.strictObject({
  code: z.int(),
  identity: z.string().optional(),
  description: z.string().optional(),
  reconnectMinMs: z.int().nonnegative().optional(),
});

const fault = z.strictObject({
  on: z.enum(['init', 'request', 'transport']),
  status: z.union([z.int().min(300).max(599), z.literal('none')]),
  times: z.int().positive().default(1),
  method: z.string().optional(),
  path: z.string().optional(),
  payload: z.unknown().optional(),
});

const count = z.int().nonnegative();
const settings = z
  .strictObject({
    expiryStyle: z.enum(['disconnect', 'close410']),
    tokenWarningMs: count,
    holdSendsMs: count,
    latencyMs: count,
    typingTimeoutSeconds: z.number().positive(),
    dropEstablished: count,
    failSubscriptions: z
      .strictObject({ objectType: z.enum(['document', 'map', 'list']), status: z.int() })
      .nullable(),
    subscriptionTtlSeconds: z.number().positive().nullable(),
    estimatedDeliveryMs: z.int().positive(),
    replayChunk: z.int().positive().nullable(),
    pingIntervalMs: z.int().positive(),
    pongTimeoutMs: z.int().positive(),
  })
  .partial();

export function registerControls(http: FastifyInstance, realtime: Realtime): void {
  http.get(`${PREFIX}/sessions`, () =>
    realtime.sessions().map((session) => ({
      identity: session.identity,
      chatServiceSid: session.chatServiceSid,
      expiresAt: new Date(session.claims!.expiresAt).toISOString(),
      subscriptions: session.subscriptions.size,
    })),
  );
  http.post(`${PREFIX}/drop`, ({ body }) => ({ dropped: realtime.drop(parse(drop, body).identity) }));
  http.post(`${PREFIX}/close`, ({ body }) => {
    const { code, ...options } = parse(close, body);
    return { closed: realtime.close(code, options) };
  });
  http.get(`${PREFIX}/settings`, () => realtime.settings);
  http.post(`${PREFIX}/settings`, ({ body }) => Object.assign(realtime.settings, parse(settings, body)));
  http.post(`${PREFIX}/faults`, ({ body }, reply) => {
    realtime.faults.add(parse(fault, body));
    return reply.code(201).send({});
  });
  http.delete(`${PREFIX}/faults`, (_request, reply) => {
    realtime.faults.clear();
    return reply.code(204).send();
  });
}

/** An empty body counts as an empty object. */
function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body ?? {});
  if (!result.success) throw invalidParameter(z.prettifyError(result.error));
  return result.data;
}
