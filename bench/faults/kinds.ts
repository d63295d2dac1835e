/** The faults of the matrix, in the emulator's terms. */
import type { Fault } from '../../emulator/core/faults';

const HTML = '<html><body><h1>502 Bad Gateway</h1></body></html>';

const KINDS = {
  '429': { kind: 'status', status: 429 },
  '429, Retry-After 1': { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
  '500': { kind: 'status', status: 500 },
  '502 as HTML': { kind: 'status', status: 502, headers: { 'content-type': 'text/html' }, body: HTML },
  '503': { kind: 'status', status: 503 },
  'reset before': { kind: 'resetBefore' },
  'reset after': { kind: 'resetAfter' },
  hang: { kind: 'hang' },
  // Longer than the Functions wait for one call: they have given up when it takes effect.
  'late effect': { kind: 'delay', delayMs: 1700 },
} satisfies Record<string, Fault>;

type KindName = keyof typeof KINDS;

/** A row of the matrix: which faults, and how often each hits a call. */
export interface FaultRow {
  name: string;
  /** `seed` makes the dice fall the same way in each run. */
  faults(seed: number): Fault[];
}

const ALL = Object.keys(KINDS) as KindName[];

export const FAULT_ROWS: readonly FaultRow[] = [
  { name: 'none', faults: () => [] },
  ...ALL.map((name) => ({ name: `10 % ${name}`, faults: each([name], 0.1) })),
  {
    name: '5 % each of 429, 503, reset before, reset after',
    faults: each(['429', '503', 'reset before', 'reset after'], 0.05),
  },
  { name: '1.2 % each of all nine', faults: each(ALL, 0.012) },
];

function each(names: KindName[], probability: number): FaultRow['faults'] {
  return (seed) =>
    names.map((name, index) => ({
      ...KINDS[name],
      host: 'conversations.twilio.com',
      probability,
      seed: seed + index * 7919,
    }));
}
