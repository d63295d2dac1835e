/** The log: one JSON line per event, `noun.verb` in the past. SIDs, codes and durations only; no text that people wrote. */
import type { LogFacts } from './errors.private';

export function writeLog(event: string, facts: LogFacts): void {
  // eslint-disable-next-line no-console -- the platform collects what the console is given
  console.log(JSON.stringify({ event, ...facts }));
}
