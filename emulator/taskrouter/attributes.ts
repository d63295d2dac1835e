/** Attributes of Tasks and Workers: a JSON object as text. */
import { invalidParameter } from '../core/errors';
import type { Attributes } from './expression';

export function checkAttributes(text: string): string {
  parseAttributes(text);
  return text;
}

export function parseAttributes(text: string): Attributes {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw invalidParameter('Attributes is not valid JSON');
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) {
    throw invalidParameter('Attributes is not a JSON object');
  }
  return parsed as Attributes;
}
