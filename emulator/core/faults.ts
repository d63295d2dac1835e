/** Injected failures of the REST APIs, and the requests to which each applies. */
import { invalidParameter } from './errors';
import { toPathPattern, type PathPattern } from './path-pattern';

type FaultKind = 'status' | 'resetBefore' | 'resetAfter' | 'hang' | 'delay';

export interface Fault {
  /** Twilio's host, for example `conversations.twilio.com`. */
  host?: string | undefined;
  method?: string | undefined;
  /** A regular expression on the path below the host, without query. It has RE2's syntax: no lookahead, no backreference. */
  path?: string | undefined;
  /**
   * `status`: answered so, nothing happens. `resetBefore`: cut off, nothing happens. `resetAfter`: it happens, then
   * the answer is lost. `hang`: never answered, nothing happens. `delay`: it happens, `delayMs` later.
   */
  kind: FaultKind;
  /** For `status`; 500 unless given. */
  status?: number | undefined;
  headers?: Record<string, string> | undefined;
  /** Text, or JSON; Twilio's usual error body unless given. */
  body?: unknown;
  /** For `delay`. */
  delayMs?: number | undefined;
  /** 0..1, 1 unless given. */
  probability?: number | undefined;
  /** Seeds the random numbers of `probability`, for repeatable runs. */
  seed?: number | undefined;
  /** How many requests it applies to; unlimited by default. */
  times?: number | undefined;
}

interface ActiveFault extends Fault {
  id: number;
  pattern: PathPattern;
  roll: () => number;
  left: number;
}

/** Each is looked at for each request. */
const MAX_FAULTS = 1000;

export class Faults {
  private active: ActiveFault[] = [];
  private nextId = 1;

  add(fault: Fault): { id: number } {
    if (this.active.length >= MAX_FAULTS) throw invalidParameter(`There are ${MAX_FAULTS} faults already`);
    const id = this.nextId++;
    this.active.push({
      ...fault,
      id,
      pattern: toPathPattern(fault.path ?? ''),
      roll: fault.seed === undefined ? Math.random : seeded(fault.seed),
      left: fault.times ?? Infinity,
    });
    return { id };
  }

  clear(): void {
    this.active = [];
  }

  /** The first fault, in the order of creation, that applies to this request. */
  meet(request: { host: string; method: string; path: string }): Fault | undefined {
    if (this.active.length === 0) return undefined;
    const fault = this.active.find(
      ({ host, method, pattern, probability, roll }) =>
        (host === undefined || host === request.host) &&
        (method === undefined || method.toUpperCase() === request.method) &&
        pattern.test(request.path) &&
        (probability === undefined || roll() < probability),
    );
    if (fault && --fault.left === 0) this.active = this.active.filter((one) => one !== fault);
    return fault;
  }
}

/** Numbers in 0..1 that only look random (a linear congruential generator). Source: Numerical Recipes, "quick and dirty" */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
