/** The few settings that the launcher itself needs, and how a data attribute is read. */
import type { RawSettings } from './contract';

/** A data attribute is on if it is present, a property by its value. */
export function isOn(value: unknown): boolean {
  return /^(|true)$/.test(String(value));
}

/** True if there are settings to check or to apply to the button. */
export function needsMore(raw: RawSettings): boolean {
  return Object.entries(raw).some((one) => !/^(functionsUrl,http|userToken,)/.test(`${one}`));
}

/** Parses an attribute as JSON; undefined if it is invalid. */
export function fromJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
