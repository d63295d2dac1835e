/** The few settings that count before anything else is loaded, and how a data attribute is read. */
import type { RawSettings } from './contract';

/** A data attribute counts by being there, a property by its value. */
export function isOn(value: unknown): boolean {
  return value !== undefined && value !== false && value !== 'false';
}

/** Whether there is something to check, or to dress the button with. */
export function needsMore(raw: RawSettings): boolean {
  return Object.keys(raw).some((name) => !/^(open|functionsUrl|userToken)$/.test(name));
}

/** What is JSON in an attribute; undefined where it is none. */
export function fromJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
