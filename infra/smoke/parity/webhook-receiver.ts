/** Receives the webhooks of a recording, through a tunnel unless Twilio is an emulator on this machine. */
import { createServer, type Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;

export class WebhookReceiver {
  private readonly server: Server;
  private lastAtMs = performance.now();

  private constructor(onWebhook: (fields: Record<string, string>) => void) {
    this.server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        this.lastAtMs = performance.now();
        onWebhook(Object.fromEntries(new URLSearchParams(body)));
        response.end();
      });
    });
  }

  static async start(
    port: number,
    onWebhook: (fields: Record<string, string>) => void,
  ): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver(onWebhook);
    await new Promise<void>((resolve, reject) => {
      receiver.server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    return receiver;
  }

  /** Resolves when nothing has arrived for that long. */
  async quiet(forMs: number): Promise<void> {
    this.lastAtMs = performance.now();
    while (performance.now() - this.lastAtMs < forMs) await wait(LOOK_EVERY_MS);
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
