/**
 * The Functions' log in tests. It stays off the screen and is collected twice: here for the current test file, and on
 * disk for the whole run, where `forbidden-words.ts` searches for what must never be logged.
 */
import { appendFileSync } from 'node:fs';

/** Set by the global set-up; without it (a single file run by hand) nothing is written to disk. */
export const LOG_FILE_VARIABLE = 'FUNCTIONS_LOG_FILE';

export type LogLine = Record<string, unknown> & { event: string };

const lines: LogLine[] = [];

/** All lines since the last call. */
export function takeLogLines(): LogLine[] {
  return lines.splice(0);
}

/* eslint-disable no-console -- the console is what is collected */
/** Keeps everything written to the console; only the Functions' own lines stay off the screen. */
export function collectConsole(): void {
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    const show = console[level].bind(console);
    console[level] = (...parts: unknown[]) => {
      const text = parts.map(String).join(' ');
      const file = process.env[LOG_FILE_VARIABLE];
      if (file) appendFileSync(file, `${text}\n`);
      if (text.startsWith('{"event":')) lines.push(JSON.parse(text) as LogLine);
      else show(...parts);
    };
  }
}
