/** The realtime service's test hooks over HTTP, outside Twilio's paths: `/emulator/realtime/...`, JSON in and out. */
import * as v from 'valibot';
import type { Routing } from '../core/routing';
import { integer, json, parseInput, text, timerMs, times, waitMs } from '../core/control-input';
import type { Realtime } from './domain';

const Drop = v.strictObject({ identity: v.optional(text) });

const Close = v.strictObject({
  code: integer(100, 999),
  identity: v.optional(text),
  description: v.optional(text),
  reconnectMinMs: v.optional(timerMs()),
});

const Fault = v.strictObject({
  on: v.picklist(['init', 'request', 'transport']),
  status: v.union([integer(300, 599), v.literal('none')]),
  times: v.optional(times, 1),
  method: v.optional(text),
  path: v.optional(text),
  payload: v.optional(json),
});

/** What runs in wall time and again and again leaves time for the rest. */
const LEAST_INTERVAL_MS = 100;
const MAX_SECONDS = 86_400;
const count = integer(0, 1_000_000);
const seconds = v.pipe(v.number(), v.gtValue(0), v.maxValue(MAX_SECONDS));
const Settings = v.partial(
  v.strictObject({
    expiryStyle: v.picklist(['disconnect', 'close410']),
    tokenWarningMs: waitMs,
    holdSendsMs: timerMs(),
    latencyMs: timerMs(),
    typingTimeoutSeconds: seconds,
    dropEstablished: count,
    failSubscriptions: v.nullable(
      v.strictObject({ objectType: v.picklist(['document', 'map', 'list']), status: integer(300, 599) }),
    ),
    subscriptionTtlSeconds: v.nullable(seconds),
    estimatedDeliveryMs: timerMs(1),
    replayChunk: v.nullable(integer(1, 1_000_000)),
    pingIntervalMs: timerMs(LEAST_INTERVAL_MS),
    pongTimeoutMs: timerMs(LEAST_INTERVAL_MS),
  }),
);

export function registerControls(http: Routing, realtime: Realtime): void {
  http.serve('/emulator/realtime', (app) => {
    app.get('/sessions', () =>
      realtime.sessions().map((session) => ({
        identity: session.identity,
        chatServiceSid: session.chatServiceSid,
        expiresAt: new Date(session.claims!.expiresAt).toISOString(),
        subscriptions: session.subscriptions.size,
      })),
    );
    app.post('/drop', ({ body }) => ({ dropped: realtime.drop(parseInput(Drop, body).identity) }));
    app.post('/close', ({ body }) => {
      const { code, ...options } = parseInput(Close, body);
      return { closed: realtime.close(code, options) };
    });
    app.get('/settings', () => realtime.settings);
    app.post('/settings', ({ body }) => Object.assign(realtime.settings, parseInput(Settings, body)));
    app.post('/faults', ({ body }, reply) => {
      realtime.faults.add(parseInput(Fault, body));
      return reply.code(201).send({});
    });
    app.delete('/faults', (_request, reply) => {
      realtime.faults.clear();
      return reply.code(204).send();
    });
  });
}
