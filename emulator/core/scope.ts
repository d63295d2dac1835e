/** Groups of routes with a prefix, hooks and parsers of their own. */
import type { FastifyInstance } from 'fastify';

/** Fastify searches all loaded modules for the name of a plugin without this: that was half the time of a reset. */
const DISPLAY_NAME = Symbol.for('fastify.display-name');

/** @param prefix the beginning of the paths, and the name of the group in Fastify's errors; may be empty */
export function scope(
  http: FastifyInstance,
  prefix: string,
  register: (scoped: FastifyInstance) => void,
): void {
  const plugin = async (scoped: FastifyInstance): Promise<void> => register(scoped);
  http.register(Object.assign(plugin, { [DISPLAY_NAME]: prefix || 'routes' }), { prefix });
}
