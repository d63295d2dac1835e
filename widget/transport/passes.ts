/** Who the visitor is: one pass for all tabs of a site, so that whatever is started twice meets in one Conversation. */
import { FunctionsError, type FunctionsClient, type Pass, type Proof } from './functions-client';
import { ownerOf } from './owner';
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
  /** Forgotten meanwhile, a pass that is on its way is nobody's. */
  private life = {};
  private onOwner: ((owner: string) => void) | null = null;
  private onPass: ((pass: Pass) => void) | null = null;

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

  /** The site vouches for the visitor. */
  get isOfUser(): boolean {
    return this.source.userToken !== undefined;
  }

  /** Calls `listener` with each user for whom the site vouches, before anything is done for them. */
  tellOwner(listener: (owner: string) => void): void {
    this.onOwner = listener;
  }

  /** Calls `listener` with each pass, for what the Functions say beside the token. */
  tellPass(listener: (pass: Pass) => void): void {
    this.onPass = listener;
  }

  /** Lets the site say who the visitor is. */
  async identify(): Promise<void> {
    if (this.isOfUser) await this.userProof();
  }

  /** A known user starts with what their site has signed: their name and more stand in it, and count for most. */
  async proofToStart(): Promise<Proof> {
    return this.isOfUser ? this.userProof() : { token: (await this.get()).token };
  }

  accept(pass: Pass): void {
    this.current = pass;
    this.onPass?.(pass);
    // A known user's pass would outlive their sign-in.
    if (!this.isOfUser) this.storage.writeSite({ ...this.storage.readSite(), pass });
  }

  /** The next one who asks is somebody new. */
  forget(): void {
    this.letGo();
    this.storage.writeSite({ ...this.storage.readSite(), pass: null });
  }

  private ask(mustRenew: boolean): Promise<Pass> {
    const used = this.current?.token;
    let { life } = this;
    const pending = this.exclusively(async () => {
      const kept = this.isOfUser ? this.current : (this.storage.readSite().pass ?? this.current);
      // Another tab may have renewed it meanwhile.
      const isDone = this.isFresh(kept) && (!mustRenew || kept.token !== used);
      const proof = isDone ? null : await this.proof(kept);
      if (this.isOfUser) ({ life } = this);
      const pass = proof ? await this.functions.issueToken(proof) : kept!;
      // Before the next tab has its turn, which reads it.
      if (life === this.life) this.accept(pass);
      return pass;
    }).finally(() => {
      if (this.pending === pending) this.pending = null;
    });
    this.pending = pending;
    return pending;
  }

  private async proof(kept: Pass | null): Promise<Proof> {
    const { humanCheck } = this.source;
    if (this.isOfUser) return this.userProof();
    if (kept) return { token: kept.token };
    return humanCheck ? { humanCheck: await humanCheck() } : {};
  }

  private async userProof(): Promise<Proof> {
    const userToken = await this.source.userToken!();
    // Without one the Functions would take the user for somebody new.
    if (!userToken) throw new FunctionsError('invalid_user_token', false);
    const owner = await ownerOf(userToken);
    const { owner: before } = this.storage;
    // Another one than a moment ago: what is on its way for the first is not for them.
    if (before !== null && before !== owner) this.letGo();
    if (before !== owner) this.onOwner?.(owner);
    return { userToken };
  }

  private letGo(): void {
    this.current = null;
    this.pending = null;
    this.life = {};
  }

  private isFresh(pass: Pass | null): pass is Pass {
    return pass !== null && Date.parse(pass.expiresAt) - Date.now() > MIN_LIFE_MS;
  }
}
