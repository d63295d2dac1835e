/** Sends webhooks after the response to the change and, unless disorder is switched on, in order for each receiver. */
import type { Clock, Timer } from '../../core/clock';

/** Delivery behavior that Twilio allows and a receiver must handle. */
export interface Disorder {
  /** The delay from the change to the request. */
  delayMs: number;
  /** How often each delivery is made; all copies carry the same idempotency token. */
  copies: number;
  /** Swaps two deliveries to one receiver. */
  reorder: boolean;
}

const ORDER: Disorder = { delayMs: 0, copies: 1, reorder: false };
/** How long the first of two is held back for a second one that overtakes it. */
const HOLD_MS = 1000;

type Deliver = () => Promise<void>;

export class WebhookDispatch {
  private current = ORDER;
  private readonly stopping = new AbortController();
  private readonly queue: { lane: object | string; deliver: Deliver }[] = [];
  private readonly lanes = new Map<object | string, Promise<void>>();
  private readonly held = new Map<object | string, { timer: Timer; release: () => void }>();
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly clock: Clock) {}

  get disorder(): Disorder {
    return this.current;
  }

  /** Values that are not given stay unchanged. */
  set(change: { [Key in keyof Disorder]?: Disorder[Key] | undefined }): void {
    const { delayMs, copies, reorder } = change;
    this.current = {
      delayMs: delayMs ?? this.current.delayMs,
      copies: copies ?? this.current.copies,
      reorder: reorder ?? this.current.reorder,
    };
  }

  /** Sends the deliveries that were held back. */
  clear(): void {
    this.current = ORDER;
    for (const { timer, release } of this.held.values()) {
      timer.cancel();
      release();
    }
  }

  /** Aborted when nothing may be delivered any more. */
  get stopped(): AbortSignal {
    return this.stopping.signal;
  }

  stop(): void {
    this.stopping.abort();
    this.queue.length = 0;
  }

  /** `lane`: one receiver, which gets one request at a time. Differs: Twilio does not promise any order. */
  send(lane: object | string, deliver: Deliver): void {
    if (this.stopped.aborted) return;
    if (this.queue.length === 0) setImmediate(() => this.drain());
    this.queue.push({ lane, deliver });
  }

  /** Resolves when every delivery so far has an outcome. */
  async settled(): Promise<void> {
    while (this.queue.length > 0 || this.running.size > 0) {
      await Promise.all(this.running);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  private drain(): void {
    for (const { lane, deliver } of this.queue.splice(0)) {
      const delivery = this.depart(lane, deliver).finally(() => this.running.delete(delivery));
      this.running.add(delivery);
    }
  }

  private async depart(lane: object | string, deliver: Deliver): Promise<void> {
    const { delayMs, copies, reorder } = this.current;
    if (delayMs > 0) await new Promise<void>((resolve) => this.clock.after(delayMs, resolve));
    const first = this.held.get(lane);
    if (reorder && !first) await this.hold(lane);
    const done = Promise.all(Array.from({ length: copies }, () => this.inTurn(lane, deliver)));
    first?.timer.cancel();
    first?.release();
    await done;
  }

  private hold(lane: object | string): Promise<void> {
    return new Promise((resolve) => {
      const release = (): void => {
        this.held.delete(lane);
        resolve();
      };
      this.held.set(lane, { timer: this.clock.after(HOLD_MS, release), release });
    });
  }

  private inTurn(lane: object | string, deliver: Deliver): Promise<void> {
    const turn = (this.lanes.get(lane) ?? Promise.resolve()).then(() =>
      this.stopped.aborted ? undefined : deliver(),
    );
    this.lanes.set(lane, turn);
    return turn.finally(() => {
      if (this.lanes.get(lane) === turn) this.lanes.delete(lane);
    });
  }
}
