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

/** The oldest are dropped, so that an emulator can run for days. */
const MAX_ENTRIES = 10_000;

export class Journal {
  readonly events = new Bus<{
    arrived: JournalEntry;
    /** `answer` is its body, as sent over the wire, or empty. */
    answered: { entry: JournalEntry; answer: string };
  }>();
  private kept: JournalEntry[] = [];
  private nextId = 1;

  /** Oldest first. */
  get entries(): readonly JournalEntry[] {
    return this.kept;
  }

  clear(): void {
    this.kept = [];
  }

  arrive(request: Omit<JournalEntry, 'id' | 'status' | 'form'>): JournalEntry {
    const entry: JournalEntry = { id: this.nextId++, ...request, form: {}, status: null };
    this.kept.push(entry);
    // Trim in batches: removing the first item of a long array each time is slow.
    if (this.kept.length > MAX_ENTRIES * 1.1) this.kept = this.kept.slice(-MAX_ENTRIES);
    this.events.emit('arrived', entry);
    return entry;
  }

  answer(entry: JournalEntry, status: number, answer: string): void {
    entry.status = status;
    this.events.emit('answered', { entry, answer });
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
