/**
 * The state of products as one value, and back. A product's state is what its classes keep in Maps, Sets, lists and
 * numbers; all else in them (clocks, timers, connections, addresses) belongs to one life of the emulator and is left out.
 */
import { types } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { Bus } from './bus';
import { invalidParameter } from './errors';

const { isDate, isMap, isSet, isUint8Array } = types;

type Holder = Record<string, unknown>;
type State = Record<string, unknown>;

interface Snapshot {
  format: string;
  /** How far the emulator's clock was ahead. */
  aheadMs: number;
  states: Record<string, State>;
}

/** Of this version: other versions may use a different shape. */
const FORMAT = 'flex-chat-emulator 1';

/** Objects with state, by name. `apart` is not part of a snapshot: the clock, the account. */
export interface Holders {
  holders: Record<string, object>;
  apart: readonly object[];
}

/** Everything is serialized at once, so that shared references stay shared. */
export function capture({ holders, apart }: Holders, aheadMs: number): Uint8Array {
  const seen = new Set<object>(apart);
  const states = Object.entries(holders).map(([name, holder]) => [name, stateOf(holder as Holder, seen)]);
  return serialize({ format: FORMAT, aheadMs, states: Object.fromEntries(states) } satisfies Snapshot);
}

/** Restores into new holders of the same classes. Returns how far the clock was ahead. */
export function restore({ holders, apart }: Holders, bytes: Uint8Array): number {
  const { aheadMs, states } = parse(bytes);
  const seen = new Set<object>(apart);
  for (const [name, holder] of Object.entries(holders)) fill(holder as Holder, states[name] ?? {}, seen);
  return aheadMs;
}

function parse(bytes: Uint8Array): Snapshot {
  try {
    const snapshot = deserialize(bytes) as Partial<Snapshot> | null;
    if (snapshot?.format === FORMAT) return snapshot as Snapshot;
  } catch {
    // Answered below.
  }
  throw invalidParameter('This is no snapshot of this version of the emulator');
}

function stateOf(holder: Holder, seen: Set<object>): State {
  seen.add(holder);
  const state: State = {};
  for (const [name, value] of Object.entries(holder)) {
    if (isHolder(value)) {
      if (!seen.has(value)) state[name] = stateOf(value, seen);
    } else if (isState(value) && !seen.has(value as object)) {
      state[name] = value;
    }
  }
  return state;
}

/** Walks as `stateOf` does. Keeps the containers, to which other objects may refer, and replaces their contents. */
function fill(holder: Holder, state: State, seen: Set<object>): void {
  seen.add(holder);
  for (const [name, value] of Object.entries(holder)) {
    if (!(name in state)) {
      if (isHolder(value)) seen.add(value);
      continue;
    }
    const kept = state[name];
    if (isHolder(value)) fill(value, kept as State, seen);
    else if (isMap(value) && isMap(kept)) {
      value.clear();
      for (const [key, item] of kept) value.set(key, item);
    } else if (isSet(value) && isSet(kept)) {
      value.clear();
      for (const item of kept) value.add(item);
    } else holder[name] = kept;
  }
}

/** An instance of one of the emulator's classes. Only some of its properties are state. */
function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null || value instanceof Bus) return false;
  return !isPlain(value) && !isContainer(value) && !isLeaf(value);
}

/** Texts are the addresses and names with which a holder was made. */
function isState(value: unknown): boolean {
  return typeof value !== 'string' && isData(value);
}

function isData(value: unknown): boolean {
  if (typeof value === 'function' || typeof value === 'symbol') return false;
  if (typeof value !== 'object' || value === null || isLeaf(value)) return true;
  if (isMap(value)) return [...value].every(([key, item]) => isData(key) && isData(item));
  if (isSet(value) || Array.isArray(value)) return [...value].every(isData);
  return isPlain(value) && Object.values(value).every(isData);
}

/** Not by identity: test runners have an `Object` of their own beside Node's. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isContainer(value: object): boolean {
  return isMap(value) || isSet(value) || Array.isArray(value);
}

function isLeaf(value: object): boolean {
  return isDate(value) || isUint8Array(value);
}
