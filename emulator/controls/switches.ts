/** Switches that make the emulator stricter or more unruly than it is at the start: rates, and the order of webhooks. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { WRITES_PER_SECOND } from '../conversations/rate-limits';
import { INTERACTION_REQUESTS_PER_SECOND } from '../flex/limits';
import type { Controlled } from './controlled';

/** What is not given is Twilio's own rate; null is none. */
const Limits = z.strictObject({
  conversationWrites: z.int().min(1).nullable().default(WRITES_PER_SECOND),
  interactionRequests: z.int().min(1).nullable().default(INTERACTION_REQUESTS_PER_SECOND),
});
const Disorder = z
  .strictObject({ delayMs: z.int().min(0), copies: z.int().min(1).max(10), reorder: z.boolean() })
  .partial();

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
    const { conversationWrites, interactionRequests } = Limits.parse(request.body ?? {});
    setLimits(conversationWrites, interactionRequests);
    return limits();
  });
  app.delete('/emulator/limits', (_request, reply) => {
    setLimits(null, null);
    return reply.code(204).send();
  });

  app.get('/emulator/webhooks', () => emulator.world.webhooks.dispatch.disorder);
  app.post('/emulator/webhooks', (request) => {
    emulator.world.webhooks.dispatch.set(Disorder.parse(request.body));
    return emulator.world.webhooks.dispatch.disorder;
  });
  app.delete('/emulator/webhooks', (_request, reply) => {
    emulator.world.webhooks.dispatch.clear();
    return reply.code(204).send();
  });
}
