/** The visitor's identity: one pass for all tabs of a site, so that two starts lead to the same Conversation. */
import { FunctionsError, type FunctionsClient, type Pass, type Proof } from './functions-client';
import { ownerOf } from './owner';
import type { ChatStorage } from './chat-storage';

/** A token is renewed this long before it expires, so that it does not expire during a request. */
const MIN_LIFE_MS = 10_000;

export interface PassSource {
  /** Signed by the host site for a user it knows; requested each time, because it expires within minutes. */
  userToken?: (() => string | Promise<string>) | undefined;
  /** The token of a human check (such as Turnstile), requested when a new anonymous visitor is created. */
  humanCheck?: (() => string | Promise<string>) | undefined;
}

/** A lock across tabs: two tabs that request a pass at once must not become two visitors. */
export type Exclusively = <Value>(work: () => Promise<Value>) => Promise<Value>;

export class Passes {
  private current: Pass | null = null;
  private pending: Promise<Pass> | null = null;
  /** Replaced when the visitor is forgotten or changes, so that a pass that arrives afterwards is dropped. */
  private life = {};
  private onOwner: ((owner: string) => void) | null = null;
  private onPass: ((pass: Pass) => void) | null = null;

  constructor(
    private readonly functions: FunctionsClient,
    private readonly storage: ChatStorage,
    private readonly source: PassSource = {},
    private readonly exclusively: Exclusively = (work) => work(),
  ) {}

  /** The current pass, renewed if it has expired; a new visitor's if there is none. */
  get(): Promise<Pass> {
    return this.pending ?? (isFresh(this.current) ? Promise.resolve(this.current) : this.ask(false));
  }

  /** The current pass, without a request; null if there is none or it has expired. */
  get present(): Pass | null {
    return isFresh(this.current) ? this.current : null;
  }

  /** A new token for the same visitor, even if the old one has not expired. */
  renew(): Promise<Pass> {
    return this.pending ?? this.ask(true);
  }

  /** The site identifies the visitor. */
  get isOfUser(): boolean {
    return this.source.userToken !== undefined;
  }

  /** Calls `listener` with each signed-in user, before any request for that user. */
  tellOwner(listener: (owner: string) => void): void {
    this.onOwner = listener;
  }

  /** Calls `listener` with each pass, which has more in it than the token. */
  tellPass(listener: (pass: Pass) => void): void {
    this.onPass = listener;
  }

  /** Gets the user from the site. */
  async identify(): Promise<void> {
    if (this.isOfUser) await this.userProof();
  }

  /** A signed-in user starts with the userToken: the name and other claims in it take precedence. */
  async proofToStart(): Promise<Proof> {
    return this.isOfUser ? this.userProof() : { token: (await this.get()).token };
  }

  /** Makes the chat of an anonymous visitor, who had this pass, the user's. */
  async claim(conversationSid: string, { token, expiresAt }: Pass): Promise<void> {
    const renewed = isFresh({ expiresAt }) ? token : (await this.functions.issueToken({ token })).token;
    const { userToken } = await this.userProof();
    const { life } = this;
    const pass = await this.functions.claimChat({ token: renewed, userToken, conversationSid });
    if (life === this.life) this.accept(pass);
  }

  accept(pass: Pass): void {
    this.current = pass;
    this.onPass?.(pass);
    // A stored pass of a signed-in user would outlive the sign-in.
    if (!this.isOfUser) this.storage.writeSite({ ...this.storage.readSite(), pass });
  }

  /** The next request for a pass creates a new visitor. */
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
      const isDone = isFresh(kept) && (!mustRenew || kept.token !== used);
      const proof = isDone ? null : await this.proof(kept);
      if (this.isOfUser) ({ life } = this);
      const pass = proof ? await this.functions.issueToken(proof) : kept!;
      // Stored before the next tab gets the lock, because that tab reads it.
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

  private async userProof(): Promise<{ userToken: string }> {
    const userToken = await this.source.userToken!();
    // Without a userToken the Functions would create a new visitor.
    if (!userToken) throw new FunctionsError('invalid_user_token', false);
    const owner = await ownerOf(userToken);
    const { owner: before } = this.storage;
    // The user has changed: responses that are pending for the previous one are dropped.
    if (before !== null && before !== owner) this.letGo();
    if (before !== owner) this.onOwner?.(owner);
    return { userToken };
  }

  /** Drops the pass of this page, and responses that are pending for it. A stored pass stays. */
  letGo(): void {
    this.current = null;
    this.pending = null;
    this.life = {};
  }
}

function isFresh<Some extends Pick<Pass, 'expiresAt'>>(pass: Some | null): pass is Some {
  return pass !== null && Date.parse(pass.expiresAt) - Date.now() > MIN_LIFE_MS;
}
