/** The REST calls to Twilio so far, for tests and for the timeline. */
import { Bus } from './bus';

export type Parameters = Record<string, string | string[]>;

export interface JournalEntry {
  /** Counts from 1 after each start of the emulator. */
  id: number;
  /** ISO 8601, when the request arrived. */
  at: string;
  host: string;
  method: string;
  /** Below the host, without query. */
  path: string;
  query: Parameters;
  form: Parameters;
  /** Unchanged, except for the secret in `authorization`. */
  headers: Parameters;
  /** Null while there is no answer. With `resetAfter` it is the one that the client did not get. */
  status: number | null;
  /** The kind of the injected fault. */
  fault?: string;
}

/** Of a request, what is not needed to answer it. */
type Details = Pick<JournalEntry, 'at' | 'query' | 'form' | 'headers'>;
type Arrival = Omit<JournalEntry, 'id' | 'status' | keyof Details>;

/** The oldest are dropped, so that an emulator can run for days. */
const MAX_ENTRIES = 10_000;

export class Journal {
  readonly events = new Bus<{
    arrived: JournalEntry;
    /** After the response, so that no client waits for it. `answer` is its body, as sent over the wire, or empty. */
    answered: { entry: JournalEntry; answer: string };
  }>();
  private kept: JournalEntry[] = [];
  /** Their details are read for a reader of the entry, and for the last time after the response. */
  private readonly unread = new Map<JournalEntry, () => Details>();
  private nextId = 1;

  /** Oldest first. */
  get entries(): readonly JournalEntry[] {
    for (const entry of this.unread.keys()) this.readDetails(entry);
    return this.kept;
  }

  clear(): void {
    this.kept = [];
  }

  /** @param details what has come of it so far; called again until the request is answered or closed */
  arrive(arrival: Arrival, details: () => Details): JournalEntry {
    const entry: JournalEntry = {
      id: this.nextId++,
      at: '',
      ...arrival,
      query: {},
      form: {},
      headers: {},
      status: null,
    };
    this.unread.set(entry, details);
    this.kept.push(entry);
    // Trim in batches: removing the first item of a long array each time is slow.
    if (this.kept.length > MAX_ENTRIES * 1.1) this.kept = this.kept.slice(-MAX_ENTRIES);
    if (this.events.has('arrived')) this.readDetails(entry);
    this.events.emit('arrived', entry);
    return entry;
  }

  answer(entry: JournalEntry, status: number, answer: string): void {
    entry.status = status;
    queueMicrotask(() => {
      this.closeEntry(entry);
      this.events.emit('answered', { entry, answer });
    });
  }

  /** Nothing more will come of this request. */
  closeEntry(entry: JournalEntry): void {
    this.readDetails(entry);
    this.unread.delete(entry);
  }

  private readDetails(entry: JournalEntry): void {
    Object.assign(entry, this.unread.get(entry)?.());
  }
}

/** One value as text, several as a list. */
export function toParameters(pairs: URLSearchParams): Parameters {
  const parameters: Parameters = {};
  for (const key of pairs.keys()) {
    const values = pairs.getAll(key);
    parameters[key] = values.length === 1 ? values[0]! : values;
  }
  return parameters;
}

/** The user name identifies the caller. The secret is not recorded. */
export function withoutSecret(headers: Record<string, string | string[] | undefined>): Parameters {
  const shown = { ...headers } as Parameters;
  const { authorization } = headers;
  if (typeof authorization === 'string') {
    const [scheme, credentials = ''] = authorization.split(' ');
    const [username] = Buffer.from(credentials, 'base64').toString().split(':');
    shown['authorization'] = `${scheme} ${username}:***`;
  }
  return shown;
}
