/** Which routes a Fastify application has: Fastify itself only prints them. */
import type { FastifyInstance } from 'fastify';

export interface Route {
  method: string;
  /** With its parameters: `/conversations.twilio.com/v1/Conversations/:conversationSid`. */
  url: string;
}

const registered = new WeakMap<FastifyInstance, Route[]>();

/** Must be called before the first route is registered. */
export function listRoutes(app: FastifyInstance): void {
  const routes: Route[] = [];
  registered.set(app, routes);
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ method: one, url });
  });
}

export function routesOf(app: FastifyInstance): readonly Route[] {
  return registered.get(app) ?? [];
}
