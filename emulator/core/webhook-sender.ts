/** Webhooks of a product, sent independently of each other after the call that caused them has been answered. */
import { Bus } from './bus';
import type { Surroundings } from './product';
import { sendWebhook, type Payload, type WebhookOutcome, type WebhookTarget } from './webhook-request';

interface Delivery {
  url: string;
  payload: Payload;
  result: WebhookOutcome;
}

export class WebhookSender {
  readonly events = new Bus<{ delivered: Delivery }>();
  private readonly stopped = new AbortController();
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly surroundings: Pick<Surroundings, 'account' | 'clock' | 'emulatorUrl'>) {}

  /** Build the payload now. */
  send(target: WebhookTarget & { url: string }, payload: Payload): void {
    if (this.stopped.signal.aborted) return;
    const { account, clock, emulatorUrl } = this.surroundings;
    const sending = { authToken: account.authToken, clock, emulatorUrl, stopped: this.stopped.signal };
    const delivery = new Promise((resolve) => setImmediate(resolve))
      .then(() => sendWebhook(target, payload, sending))
      .then((result) => this.events.emit('delivered', { url: target.url, payload, result }))
      .finally(() => this.running.delete(delivery));
    this.running.add(delivery);
  }

  /** Resolves when every webhook so far has an outcome. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  stop(): void {
    this.stopped.abort();
  }
}

/** Values as text; missing ones are left out. */
export function toPayload(fields: Record<string, string | number | null | undefined>): Payload {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) =>
      value === null || value === undefined ? [] : [[key, String(value)]],
    ),
  );
}
