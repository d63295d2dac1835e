/** How products publish events without depending on their subscribers. */

type Listener<Payload> = (payload: Payload) => void;

/** Typed, synchronous events: when `emit` returns, every listener has run, in the order in which they subscribed. */
export class Bus<Events extends object> {
  private readonly first = new Map<keyof Events, Set<Listener<never>>>();
  private readonly listeners = new Map<keyof Events, Set<Listener<never>>>();
  private readonly anyListeners = new Set<(name: keyof Events, payload: Events[keyof Events]) => void>();

  on<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): () => void {
    return add(this.listeners, name, listener as Listener<never>);
  }

  /** Runs before all other listeners, so that logs record causes before their effects. */
  onFirst<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): () => void {
    return add(this.first, name, listener as Listener<never>);
  }

  /** Receives every event, after the listeners of that name. */
  onAny(listener: (name: keyof Events, payload: Events[keyof Events]) => void): () => void {
    this.anyListeners.add(listener);
    return () => this.anyListeners.delete(listener);
  }

  /** Whether an event of this name has a listener. */
  has(name: keyof Events): boolean {
    const ofName = (this.first.get(name)?.size ?? 0) + (this.listeners.get(name)?.size ?? 0);
    return ofName + this.anyListeners.size > 0;
  }

  emit<Name extends keyof Events>(name: Name, payload: Events[Name]): void {
    for (const listeners of [this.first, this.listeners]) {
      for (const listener of listeners.get(name) ?? []) (listener as Listener<Events[Name]>)(payload);
    }
    for (const listener of this.anyListeners) listener(name, payload);
  }
}

function add<Name>(
  listeners: Map<Name, Set<Listener<never>>>,
  name: Name,
  listener: Listener<never>,
): () => void {
  const forName = listeners.get(name) ?? new Set();
  listeners.set(name, forName);
  forName.add(listener);
  return () => forName.delete(listener);
}
