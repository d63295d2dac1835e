/** Switches that make the emulator stricter or more unruly than it is at the start: rates, and the order of webhooks. */
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { WRITES_PER_SECOND } from '../conversations/rate-limits';
import { integer, parseInput, times, waitMs } from '../core/control-input';
import { INTERACTION_REQUESTS_PER_SECOND } from '../flex/limits';
import type { Controlled } from './controlled';

/** The default is Twilio's own rate; null is no limit. */
const Limits = v.strictObject({
  conversationWrites: v.optional(v.nullable(times), WRITES_PER_SECOND),
  interactionRequests: v.optional(v.nullable(times), INTERACTION_REQUESTS_PER_SECOND),
});
const Disorder = v.partial(v.strictObject({ delayMs: waitMs, copies: integer(1, 10), reorder: v.boolean() }));

export function registerSwitches(app: FastifyInstance, emulator: Controlled): void {
  const limits = () => ({
    conversationWrites: emulator.world.conversations.rateLimits.writesPerSecond,
    interactionRequests: emulator.world.flex.rateLimit.perSecond,
  });
  const setLimits = (conversationWrites: number | null, interactionRequests: number | null): void => {
    emulator.world.conversations.rateLimits.set(conversationWrites);
    emulator.world.flex.rateLimit.set(interactionRequests);
  };

  app.get('/emulator/limits', limits);
  app.post('/emulator/limits', (request) => {
    const { conversationWrites, interactionRequests } = parseInput(Limits, request.body);
    setLimits(conversationWrites, interactionRequests);
    return limits();
  });
  app.delete('/emulator/limits', (_request, reply) => {
    setLimits(null, null);
    return reply.code(204).send();
  });

  app.get('/emulator/webhooks', () => emulator.world.webhooks.dispatch.disorder);
  app.post('/emulator/webhooks', (request) => {
    emulator.world.webhooks.dispatch.set(parseInput(Disorder, request.body));
    return emulator.world.webhooks.dispatch.disorder;
  });
  app.delete('/emulator/webhooks', (_request, reply) => {
    emulator.world.webhooks.dispatch.clear();
    return reply.code(204).send();
  });
}
