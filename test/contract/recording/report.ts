/** A verdict as text. */
import type { Verdict } from './check';

const MAX_EXAMPLE_CHARS = 400;

export function toReport({ requests, answers, violations }: Verdict): string {
  const table = violations.map(({ side, operation, problem, count, example }) => {
    const sent = `${example.method} ${example.path} ${example.body ?? ''}`.trim();
    const shown = side === 'request' ? sent : `${sent} -> ${example.status} ${example.answer}`;
    return `${side}  ${operation}\n    ${problem} (${count} times)\n    ${shown.slice(0, MAX_EXAMPLE_CHARS)}\n`;
  });
  const total = `${violations.length === 0 ? 'ok' : 'FAILED'}  ${requests} requests and ${answers} answers of the whole run`;
  return `${table.join('')}${total}, ${violations.length} kinds of violation of Twilio's specification\n`;
}
