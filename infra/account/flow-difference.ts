/** The differences between two definitions of a Studio Flow, value by value, for the user who decides between them. */
import { isDeepStrictEqual } from 'node:util';

export interface Difference {
  /** For example `states.send_to_flex.properties.timeout`. */
  path: string;
  /** Undefined where the value is missing. */
  inStudio: unknown;
  inFile: unknown;
}

export function differencesOf(inStudio: unknown, inFile: unknown, path = ''): Difference[] {
  if (isDeepStrictEqual(inStudio, inFile)) return [];
  const [one, other] = [membersOf(inStudio), membersOf(inFile)];
  if (!one || !other) return [{ path, inStudio, inFile }];
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const inner = names.flatMap((name) =>
    differencesOf(one[name], other[name], path === '' ? name : `${path}.${name}`),
  );
  // Only the order of the members differs.
  return inner.length > 0 ? inner : [{ path, inStudio, inFile }];
}

export function toLines({ path, inStudio, inFile }: Difference): string[] {
  return [
    `            ${path || 'the whole definition'}`,
    `              in Studio    ${shown(inStudio)}`,
    `              in the file  ${shown(inFile)}`,
  ];
}

function shown(value: unknown): string {
  return value === undefined ? '(missing)' : JSON.stringify(value);
}

/** Members of a list are keyed by their own names, so that an added one does not shift all that follow. */
function membersOf(value: unknown): Record<string, unknown> | undefined {
  if (Array.isArray(value)) {
    const named = value.map((one, index): [string, unknown] => [nameOf(one) ?? String(index), one]);
    return Object.fromEntries(named);
  }
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

function nameOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, event } = value as { name?: unknown; event?: unknown };
  return [name, event].find((one) => typeof one === 'string') as string | undefined;
}
