/** Who the visitor is: one pass for all tabs of a site, so that whatever is started twice meets in one Conversation. */
import type { FunctionsClient, Pass, Proof } from './functions-client';
import type { ChatStorage } from './chat-storage';

/** Renewed this long before its end: a token that dies on its way helps nobody. */
const MIN_LIFE_MS = 10_000;

export interface PassSource {
  /** Signed by the host site, for a user it knows; asked for each time, because it lives for minutes only. */
  userToken?: (() => string | Promise<string>) | undefined;
  /** The answer of a human check (Turnstile and the like), asked for when a new anonymous visitor is born. */
  humanCheck?: (() => string | Promise<string>) | undefined;
}

/** Two tabs that ask at once must not become two visitors. */
export type Exclusively = <Value>(work: () => Promise<Value>) => Promise<Value>;

export class Passes {
  private current: Pass | null = null;
  private pending: Promise<Pass> | null = null;

  constructor(
    private readonly functions: FunctionsClient,
    private readonly storage: ChatStorage,
    private readonly source: PassSource = {},
    private readonly exclusively: Exclusively = (work) => work(),
  ) {}

  /** The pass that is there, renewed if it has run out; a new visitor's if there is none. */
  get(): Promise<Pass> {
    return this.pending ?? (this.isFresh(this.current) ? Promise.resolve(this.current) : this.ask(false));
  }

  /** The pass that is there, without asking anybody; null if there is none, or it has run out. */
  get present(): Pass | null {
    return this.isFresh(this.current) ? this.current : null;
  }

  /** A new token for the same visitor, whatever the old one's expiry says. */
  renew(): Promise<Pass> {
    return this.pending ?? this.ask(true);
  }

  /** A known user starts with what their site has signed: their name and more stand in it, and count for most. */
  async proofToStart(): Promise<Proof> {
    const { userToken } = this.source;
    return userToken ? { userToken: await userToken() } : { token: (await this.get()).token };
  }

  accept(pass: Pass): void {
    this.current = pass;
    // A known user's pass would outlive their sign-in.
    if (!this.source.userToken) this.storage.writeSite({ ...this.storage.readSite(), pass });
  }

  /** The next one who asks is somebody new. */
  forget(): void {
    this.current = null;
    this.storage.writeSite({ ...this.storage.readSite(), pass: null });
  }

  private ask(mustRenew: boolean): Promise<Pass> {
    const used = this.current?.token;
    this.pending = this.exclusively(async () => {
      const { userToken } = this.source;
      const kept = userToken ? this.current : (this.storage.readSite().pass ?? this.current);
      // Another tab may have renewed it meanwhile.
      const isDone = this.isFresh(kept) && (!mustRenew || kept.token !== used);
      const pass = isDone ? kept : await this.functions.issueToken(await this.proof(kept));
      // Before the next tab has its turn, which reads it.
      this.accept(pass);
      return pass;
    }).finally(() => {
      this.pending = null;
    });
    return this.pending;
  }

  private async proof(kept: Pass | null): Promise<Proof> {
    const { userToken, humanCheck } = this.source;
    if (userToken) return { userToken: await userToken() };
    if (kept) return { token: kept.token };
    return humanCheck ? { humanCheck: await humanCheck() } : {};
  }

  private isFresh(pass: Pass | null): pass is Pass {
    return pass !== null && Date.parse(pass.expiresAt) - Date.now() > MIN_LIFE_MS;
  }
}
