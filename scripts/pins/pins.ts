/** The pinned versions, and what has been released since. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lifetimeOf } from '../../infra/checks/node-lifetimes';

export interface Pin {
  /** For example `twilio`. */
  name: string;
  /** As package.json has it. */
  version: string;
}

export interface Verdict {
  what: string;
  isBehind: boolean;
}

/**
 * Majors that are known and not taken, with the reason: a later one is reported again. None today.
 * `@twilio/runtime-handler` 2 is the newest that Twilio's build takes (README, Limits).
 */
type Declined = Record<string, { major: number; why: string }>;
const DECLINED: Declined = {};

/** What runs at Twilio, and Twilio's own packages: their major versions affect this repository. */
export function readPins(root: string): Pin[] {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
  const ofTwilio = Object.entries(devDependencies).filter(
    // An alias holds an old major on purpose.
    ([name, version]) => /^(@twilio(-labs)?\/|twilio)/.test(name) && !version.startsWith('npm:'),
  );
  return [...Object.entries(dependencies), ...ofTwilio].map(([name, version]) => ({ name, version }));
}

export function checkPin({ name, version }: Pin, newest: string, declined = DECLINED): Verdict {
  const refused = declined[name];
  const isBehind = majorOf(newest) > Math.max(majorOf(version), refused?.major ?? 0);
  const why = refused && !isBehind ? ` (not taken: ${refused.why})` : '';
  return { what: `${name} ${version}, newest ${newest}${why}`, isBehind };
}

/** `what` names the place of the version. A version that is not in the table is behind, because its end of life is unknown. */
export function checkNode(what: string, version: string, nowMs = Date.now()): Verdict {
  const lifetime = lifetimeOf(version, nowMs);
  const until = lifetime ? `ends on ${lifetime.endsOn}` : 'has no end in infra/checks/node-lifetimes.ts';
  return { what: `${what}: Node ${version} ${until}`, isBehind: lifetime?.isOver ?? true };
}

/** Below 1.0.0 the second number is the one that breaks. */
function majorOf(version: string): number {
  const [major, minor] = version.split('.').map(Number) as [number, number];
  return major === 0 ? minor / 1000 : major;
}
