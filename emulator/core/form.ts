/** Twilio's request bodies: form-encoded PascalCase keys, arrays as repeated keys, objects as JSON in one key. */
import { invalidParameter, notServed } from './errors';

/** A day, or a moment with its offset. JavaScript takes `5` and `May` for dates, too. */
const ISO_8601 = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2}))?$/;

export class Form {
  constructor(private readonly pairs: URLSearchParams) {}

  has(key: string): boolean {
    return this.pairs.has(key);
  }

  /** The last value given, as PHP-style form parsers do. Guess: Twilio does not document repeated scalars. */
  string(key: string): string | undefined {
    return this.pairs.getAll(key).at(-1);
  }

  required(key: string): string {
    const value = this.string(key);
    if (value === undefined || value === '') throw invalidParameter(`Missing required parameter ${key}`);
    return value;
  }

  list(key: string): string[] {
    return this.pairs.getAll(key);
  }

  integer(key: string): number | undefined {
    const value = this.string(key);
    if (value === undefined || value === '') return undefined;
    if (!/^-?\d+$/.test(value)) throw invalidParameter(`${key} must be an integer`);
    return Number(value);
  }

  boolean(key: string): boolean | undefined {
    const value = this.string(key);
    if (value === undefined) return undefined;
    if (value !== 'true' && value !== 'false') throw invalidParameter(`${key} must be true or false`);
    return value === 'true';
  }

  date(key: string): Date | undefined {
    const value = this.string(key);
    if (value === undefined || value === '') return undefined;
    const date = new Date(value);
    if (!ISO_8601.test(value) || Number.isNaN(date.getTime()))
      throw invalidParameter(`${key} must be an ISO 8601 date`);
    return date;
  }

  oneOf<Value extends string>(key: string, values: readonly Value[]): Value | undefined {
    const value = this.string(key);
    if (value === undefined) return undefined;
    const known = values.find((one) => one === value);
    if (known === undefined) throw invalidParameter(`${key} must be one of ${values.join(', ')}`);
    return known;
  }

  /** A JSON object in one key, as Interactions take Channel and Routing. */
  json(key: string): unknown {
    const value = this.string(key);
    if (value === undefined) return undefined;
    try {
      return JSON.parse(value);
    } catch {
      throw invalidParameter(`${key} is not valid JSON`);
    }
  }

  /** Whether the filter of this name, where it is given, lets this value through. */
  admits(key: string, value: string | null | undefined): boolean {
    const wanted = this.string(key);
    return wanted === undefined || wanted === value;
  }

  keys(): string[] {
    return [...new Set(this.pairs.keys())];
  }
}

/** Rejects parameters that Twilio takes and the emulator does not, instead of ignoring them. */
export function refuseUnbuilt(form: Form, ...names: string[]): void {
  const given = names.find((name) => form.has(name));
  if (given !== undefined) throw notServed(`the parameter ${given}`);
}
