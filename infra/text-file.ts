/** JSON files that people and tools write: errors name the file and what to do. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Remedy } from './terminal';

/** The object in the file. */
export function readJson(file: string, remedy: string): Record<string, unknown> {
  const name = basename(file);
  const text = readText(file, remedy);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Remedy(`${name} is not valid JSON: ${oneLine((error as Error).message)}.`, remedy);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new Remedy(`${name} must contain a JSON object.`, remedy);
}

/** The text of a file that a command requires. */
export function readText(file: string, remedy: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Remedy(`${basename(file)} cannot be read: ${(error as Error).message}.`, remedy);
  }
}

/** The parser's message quotes the text around the error, including line breaks. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
