/** A local HTTP server for the emulator's calls: records requests and gives the configured answers. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Answer {
  status?: number;
  type?: string;
  body?: string;
}

export class Receiver {
  /** In order of arrival. */
  readonly received: Received[] = [];
  /** The answer to each request; `silence` never answers. */
  answer: Answer | 'silence' | ((request: Received) => Answer) = {};
  private readonly waiting: { count: number; resolve: () => void }[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Receiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const receiver = new Receiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const received = { method: request.method!, url: request.url!, headers: request.headers, body };
      receiver.take(received);
      const { answer } = receiver;
      if (answer === 'silence') return;
      const {
        status = 200,
        type = 'application/json',
        body: text = '',
      } = typeof answer === 'function' ? answer(received) : answer;
      response.writeHead(status, { 'content-type': type }).end(text);
    });
    return receiver;
  }

  /** The forms, as objects. */
  get forms(): Record<string, string>[] {
    return this.received.map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
  }

  /** Resolves when this many requests have arrived. */
  until(count: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.received.length >= count) resolve();
      else this.waiting.push({ count, resolve });
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    if (this.server.listening) await new Promise((resolve) => this.server.close(resolve));
  }

  private take(received: Received): void {
    this.received.push(received);
    for (const { count, resolve } of this.waiting) if (this.received.length >= count) resolve();
  }
}
