/** The matrix as text. */
import type { RowResult } from './run';

export interface Row extends RowResult {
  fault: string;
  recipe: string;
  starts: string;
  /** Calls per start without any fault. */
  neededCalls: number;
}

const COLUMNS: [string, (row: Row) => string][] = [
  ['fault on each call', ({ fault }) => fault],
  ['recipe', ({ recipe }) => recipe],
  ['starts', ({ starts }) => starts],
  ['ok at once', ({ answeredOk }) => String(answeredOk)],
  ['ok in the end', ({ okInTheEnd }) => String(okInTheEnd)],
  ['orphans', ({ orphans }) => String(orphans)],
  ['double webhooks', ({ duplicateWebhooks }) => String(duplicateWebhooks)],
  ['double messages', ({ duplicateMessages }) => String(duplicateMessages)],
  ['lost', ({ lost }) => String(lost)],
  ['split visitors', ({ split }) => String(split)],
  ['calls per start', (row) => callsPerStart(row).toFixed(2)],
  ['x needed', (row) => (callsPerStart(row) / row.neededCalls).toFixed(2)],
  ['slowest', ({ slowestMs }) => `${(slowestMs / 1000).toFixed(1)} s`],
];

export function callsPerStart({ calls, answeredOk, answeredError }: RowResult): number {
  return calls / (answeredOk + answeredError);
}

export function toMarkdown(rows: readonly Row[]): string {
  const cells = [COLUMNS.map(([title]) => title), ...rows.map((row) => COLUMNS.map(([, show]) => show(row)))];
  const widths = COLUMNS.map((_, column) => Math.max(...cells.map((line) => line[column]!.length)));
  const lines = cells.map(
    (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}
