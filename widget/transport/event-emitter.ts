/**
 * The SDK's events. Replaces in the bundle the package `@twilio/replay-event-emitter` and the three copies of
 * Node's `events` in the SDK's packages. Unlike Node's, an `error` without a listener does not throw.
 * Source: @twilio/replay-event-emitter/dist/replay-event-emitter.js
 */

type Listener = (...args: unknown[]) => void;
/** `once` wraps the listener; `off` still accepts the original. */
type Kept = Listener & { listener?: Listener };

export default class EventEmitter {
  private readonly kept = new Map<string, readonly Kept[]>();

  on(event: string, listener: Kept): this {
    this.kept.set(event, [...this.listeners(event), listener]);
    return this;
  }

  once(event: string, listener: Listener): this {
    const wrapped: Kept = (...args) => {
      this.off(event, wrapped);
      listener.apply(this, args);
    };
    wrapped.listener = listener;
    return this.on(event, wrapped);
  }

  off(event: string, listener: Listener): this {
    const present = this.listeners(event);
    const last = present.findLastIndex((one) => one === listener || one.listener === listener);
    this.kept.set(
      event,
      present.filter((_, index) => index !== last),
    );
    return this;
  }

  addListener(event: string, listener: Listener): this {
    return this.on(event, listener);
  }

  removeListener(event: string, listener: Listener): this {
    return this.off(event, listener);
  }

  removeAllListeners(event?: string): this {
    if (event === undefined) this.kept.clear();
    else this.kept.delete(event);
    return this;
  }

  emit(event: string, ...args: unknown[]): boolean {
    const present = this.listeners(event);
    for (const listener of present) listener.apply(this, args);
    return present.length > 0;
  }

  listeners(event: string): readonly Kept[] {
    return this.kept.get(event) ?? [];
  }

  /** Exists because Node warns about many listeners. */
  setMaxListeners(): this {
    return this;
  }
}

/** A listener that is added after an event receives its latest occurrence. */
export class ReplayEventEmitter extends EventEmitter {
  private readonly latest = new Map<string, unknown[]>();

  override emit(event: string, ...args: unknown[]): boolean {
    this.latest.set(event, args);
    return super.emit(event, ...args);
  }

  addListenerWithReplay(event: string, listener: Listener): this {
    const latest = this.latest.get(event);
    if (latest) listener(...latest);
    return this.on(event, listener);
  }

  onWithReplay(event: string, listener: Listener): this {
    return this.addListenerWithReplay(event, listener);
  }

  onceWithReplay(event: string, listener: Listener): this {
    const latest = this.latest.get(event);
    if (!latest) return this.once(event, listener);
    listener(...latest);
    return this;
  }
}
