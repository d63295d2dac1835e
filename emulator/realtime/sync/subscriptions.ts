/** The Sync objects that one session follows: replay of what it missed, then every event as it happens. */
import type { RealtimeSettings } from '../settings';
import type { SharedPayload } from '../twilsock/frames';
import {
  EVENT_PROTOCOL_VERSION,
  type SyncEvent,
  type SyncObject,
  type SyncSubscriber,
  type SyncType,
} from './objects';

const MESSAGE_TYPE = 'twilio.sync.event';

export interface SubscriptionRequest {
  objectSid: string;
  objectType: SyncType;
  /** Null where the client restored the object from its cache and asks for no replay. */
  lastEventId: number | null;
  correlationId: number;
}

export class Subscriptions implements SyncSubscriber {
  /** The last event this session was given, by object. It outlives an interrupted replay. */
  private readonly delivered = new Map<SyncObject, number>();
  private waiting: { uniqueName: string; wake: () => void }[] = [];

  constructor(
    /** Pushes to the client. */
    private readonly notify: (messageType: string, payload: object) => void,
    private readonly settings: RealtimeSettings,
  ) {}

  get size(): number {
    return this.delivered.size;
  }

  deliver(object: SyncObject, { id }: SyncEvent, payload: SharedPayload): void {
    this.delivered.set(object, id);
    this.notify(MESSAGE_TYPE, payload);
  }

  /** Joining and replay are one synchronous step, so that no event falls in between. */
  establish(object: SyncObject, request: SubscriptionRequest): void {
    const missed = this.missedEvents(object, request);
    const chunk = missed.slice(0, this.settings.replayChunk ?? missed.length);
    for (const event of chunk) this.deliver(object, event, object.payloadOf(event));
    const isComplete = chunk.length === missed.length;
    if (isComplete) {
      object.subscribers.add(this);
      this.delivered.set(object, object.lastEventId);
    } else {
      object.subscribers.delete(this);
    }
    if (this.settings.dropEstablished > 0) this.settings.dropEstablished -= 1;
    else {
      this.answer('subscription_established', request, {
        replay_status: isComplete ? 'completed' : 'interrupted',
        last_event_id: chunk.at(-1)?.id ?? object.lastEventId,
      });
    }
    if (isComplete) this.wake(object.uniqueName);
  }

  cancel(object: SyncObject | undefined, request: SubscriptionRequest): void {
    if (object) this.leave(object);
    this.answer('subscription_canceled', request, {});
  }

  /** Status 404 tells the client that the object is gone; any other, that it may not follow it. */
  fail(request: SubscriptionRequest, status: number, code: number, message: string): void {
    this.answer('subscription_failed', request, { error: { status, code, message } });
  }

  /** The session may no longer read it. */
  leave(object: SyncObject): void {
    object.subscribers.delete(this);
    this.delivered.delete(object);
  }

  clear(): void {
    for (const object of this.delivered.keys()) object.subscribers.delete(this);
    this.delivered.clear();
    for (const { wake } of this.waiting.splice(0)) wake();
  }

  /** Resolves when this session follows the object, or after a timeout. It runs in wall time, as the client does. */
  async following(object: SyncObject, timeoutMs: number): Promise<void> {
    if (object.subscribers.has(this) || timeoutMs <= 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs).unref();
      const wake = (): void => {
        clearTimeout(timer);
        resolve();
      };
      this.waiting.push({ uniqueName: object.uniqueName, wake });
    });
  }

  private missedEvents(object: SyncObject, { lastEventId }: SubscriptionRequest): SyncEvent[] {
    if (lastEventId === null) return [];
    // A renewal can cross live events under way: events already sent to this session are not replayed.
    return object.eventsAfter(Math.max(lastEventId, this.delivered.get(object) ?? 0));
  }

  private answer(type: string, request: SubscriptionRequest, fields: object): void {
    this.notify(MESSAGE_TYPE, {
      event_type: type,
      correlation_id: request.correlationId,
      event_protocol_version: EVENT_PROTOCOL_VERSION,
      event: { object_sid: request.objectSid, object_type: request.objectType, ...fields },
    });
  }

  private wake(uniqueName: string): void {
    const ready = this.waiting.filter((one) => one.uniqueName === uniqueName);
    this.waiting = this.waiting.filter((one) => one.uniqueName !== uniqueName);
    for (const { wake } of ready) wake();
  }
}
