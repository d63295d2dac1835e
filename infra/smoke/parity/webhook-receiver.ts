/** Where the webhooks of a recording arrive. Behind a tunnel where Twilio is not on this machine. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;

export class WebhookReceiver {
  private lastAtMs = performance.now();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** Port 0 takes any free one. */
  static async start(
    port: number,
    onWebhook: (fields: Record<string, string>) => void,
  ): Promise<WebhookReceiver> {
    let receiver: WebhookReceiver | undefined;
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        if (receiver) receiver.lastAtMs = performance.now();
        onWebhook(Object.fromEntries(new URLSearchParams(body)));
        response.end();
      });
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    receiver = new WebhookReceiver(server, (server.address() as AddressInfo).port);
    return receiver;
  }

  /** Until nothing has arrived for so long. */
  async quiet(forMs: number): Promise<void> {
    this.lastAtMs = performance.now();
    while (performance.now() - this.lastAtMs < forMs) await wait(LOOK_EVERY_MS);
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
