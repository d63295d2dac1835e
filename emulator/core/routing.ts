/**
 * All paths of the emulator, divided by their first segment: a host of Twilio's (`/studio.twilio.com/…`), or `emulator` and
 * `flex`. Each part is a Fastify application of its own, created at the first request for it: to add a route takes a tenth of a
 * millisecond, there are 300 of them, and a test that resets the emulator needs two or three parts.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { routesOf, type Route } from './routes';

type Register = (scoped: FastifyInstance) => void;

/** Fastify searches all loaded modules for the name of a plugin without this. */
const DISPLAY_NAME = Symbol.for('fastify.display-name');

export class Routing {
  private readonly parts = new Map<string, Part>();
  /** For paths whose first segment is empty or a parameter, and for unknown paths. */
  private readonly rest: Part;

  constructor(private readonly createApp: () => FastifyInstance) {
    this.rest = new Part(createApp);
  }

  /**
   * Adds routes with hooks and parsers of their own, before the first request.
   * @param prefix the beginning of their paths, for example `/studio.twilio.com/v2/Flows`; may be empty
   */
  serve(prefix: string, register: Register): void {
    const segment = firstSegment(prefix);
    if (segment === '' || segment.startsWith(':')) return this.rest.add(prefix, register);
    let part = this.parts.get(segment);
    if (!part) this.parts.set(segment, (part = new Part(this.createApp)));
    part.add(prefix, register);
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    (this.parts.get(firstSegment(request.url!)) ?? this.rest).answer(request, response);
  }

  /** Of all parts, which this creates. */
  async routes(): Promise<Route[]> {
    const lists = await Promise.all([...this.parts.values(), this.rest].map((part) => part.routes()));
    return lists.flat();
  }

  async close(): Promise<void> {
    await Promise.all([...this.parts.values(), this.rest].map((part) => part.close()));
  }
}

class Part {
  private readonly registrations: { prefix: string; register: Register }[] = [];
  private starting: Promise<FastifyInstance> | undefined;
  private app: FastifyInstance | undefined;

  constructor(private readonly createApp: () => FastifyInstance) {}

  add(prefix: string, register: Register): void {
    this.registrations.push({ prefix, register });
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    if (this.app) this.app.routing(request, response);
    else void this.started().then((app) => app.routing(request, response));
  }

  async routes(): Promise<readonly Route[]> {
    return routesOf(await this.started());
  }

  async close(): Promise<void> {
    await (await this.starting)?.close();
  }

  private started(): Promise<FastifyInstance> {
    return (this.starting ??= this.create());
  }

  private async create(): Promise<FastifyInstance> {
    const app = this.createApp();
    for (const { prefix, register } of this.registrations) {
      const plugin = async (scoped: FastifyInstance): Promise<void> => register(scoped);
      app.register(Object.assign(plugin, { [DISPLAY_NAME]: prefix || 'routes' }), { prefix });
    }
    await app.ready();
    return (this.app = app);
  }
}

function firstSegment(path: string): string {
  return /^\/?([^/?]*)/.exec(path)![1]!;
}
