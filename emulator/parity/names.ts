/** The names of a recording, `CH#1`, and the SIDs that the emulator has in their place. */
import type { Account } from '../core/account';

const NAME = /\b([A-Z]{2})#\d+/g;
const SID = /^[A-Z]{2}[0-9a-f]{32}$/;

export class Names {
  private readonly sids = new Map<string, string>();
  /** Names that a recording uses before any answer contains them. */
  private readonly fixed: Record<string, string>;

  constructor({ accountSid, conversationsServiceSid }: Account) {
    this.fixed = { AC: accountSid, IS: conversationsServiceSid };
  }

  /** A name without a SID refers to no resource. */
  resolve(text: string): string {
    return text.replace(
      NAME,
      (name, kind: string) => this.sids.get(name) ?? this.fixed[kind] ?? `${kind}${'f'.repeat(32)}`,
    );
  }

  /** Whether the SID matches the name in the recording. The first SID seen for a name is bound to it. */
  matches(name: string, sid: unknown): boolean {
    if (typeof sid !== 'string' || !SID.test(sid) || !name.startsWith(sid.slice(0, 2))) return false;
    if (!this.sids.has(name)) this.sids.set(name, sid);
    return this.sids.get(name) === sid;
  }

  isName(value: string): boolean {
    return /^[A-Z]{2}#\d+$/.test(value);
  }
}
