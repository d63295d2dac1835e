/** How tests wait for events of SDK clients and the emulator. */
import type { Message, Paginator } from '@twilio/conversations';
import { HANGING_MS } from '../../support/timeouts';

/** The SDK's emitters, and the emulator's buses, whose `on` returns a function that stops listening. */
interface EventSource {
  on(event: string, listener: (payload: never) => void): unknown;
  removeListener?(event: string, listener: (payload: never) => void): unknown;
}

/** The next event of this name that matches, or a rejection that names it. */
export function next<Payload = unknown>(
  source: unknown,
  event: string,
  matches: (payload: Payload) => boolean = () => true,
): Promise<Payload> {
  const emitter = source as EventSource;
  return new Promise<Payload>((resolve, reject) => {
    const listener = (payload: Payload): void => {
      if (!matches(payload)) return;
      stop();
      resolve(payload);
    };
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`${event} did not occur`));
    }, HANGING_MS);
    const stop = (): void => {
      clearTimeout(timer);
      if (emitter.removeListener) emitter.removeListener(event, listener);
      else (subscription as () => void)();
    };
    const subscription = emitter.on(event, listener);
  });
}

/** Every payload of an event from now on, in order. */
export function collect<Payload, Value>(
  source: unknown,
  event: string,
  read: (payload: Payload) => Value,
): Value[] {
  const values: Value[] = [];
  (source as EventSource).on(event, (payload: Payload) => values.push(read(payload)));
  return values;
}

/** The next message with this body. */
export function nextMessage(source: unknown, body: string): Promise<Message> {
  return next<Message>(source, 'messageAdded', (message) => message.body === body);
}

export function bodies(page: Paginator<Message>): (string | null)[] {
  return page.items.map((message) => message.body);
}

export function numbered(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) => `message ${from + index}`);
}
