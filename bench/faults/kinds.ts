/** The faults of the matrix, in the emulator's terms. */
import type { Fault } from '../../emulator/core/faults';

const CONVERSATIONS = 'conversations.twilio.com';
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
  'late effect': { kind: 'delay', delayMs: 1700 },
} satisfies Record<string, Fault>;

/** The duration of every call. */
const UNIFORM_MS = [300, 900, 1100, 1400, 1700, 2200];
/** One call in ten is carried out and answered after this time. */
const LATE_MS = [1000, 2000, 3000, 5000, 9000];

type KindName = keyof typeof KINDS;

/** A row of the matrix: the faults, and the probability of each per call. */
export interface FaultRow {
  name: string;
  /** Whether it waits for seconds; such rows run only in the bench, not in the tests. */
  isSlow: boolean;
  /** `seed` makes the random numbers repeatable. */
  faults(seed: number): Fault[];
}

const ALL = Object.keys(KINDS) as KindName[];

export const FAULT_ROWS: readonly FaultRow[] = [
  { name: 'none', isSlow: false, faults: () => [] },
  ...ALL.map((name) => ({
    name: `10 % ${name}`,
    isSlow: /hang|late|Retry-After/.test(name),
    faults: each([name], 0.1),
  })),
  {
    name: '5 % each of 429, 503, reset before, reset after',
    isSlow: false,
    faults: each(['429', '503', 'reset before', 'reset after'], 0.05),
  },
  { name: '1.2 % each of all nine', isSlow: true, faults: each(ALL, 0.012) },
  ...UNIFORM_MS.map((delayMs) => ({
    name: `every call takes ${delayMs / 1000} s`,
    isSlow: true,
    faults: () => [{ kind: 'delay' as const, delayMs, host: CONVERSATIONS }],
  })),
  ...LATE_MS.map((delayMs) => ({
    name: `10 % late by ${delayMs / 1000} s`,
    isSlow: true,
    faults: (seed: number) => [
      { kind: 'delay' as const, delayMs, host: CONVERSATIONS, probability: 0.1, seed },
    ],
  })),
];

function each(names: KindName[], probability: number): FaultRow['faults'] {
  return (seed) =>
    names.map((name, index) => ({
      ...KINDS[name],
      host: CONVERSATIONS,
      probability,
      seed: seed + index * 7919,
    }));
}
