/** The owner of the chat: restores the owner's data from this browser, and does not touch another user's. */
import type { Store } from '../state/store';
import type { ChatStorage } from '../transport/chat-storage';
import type { Pass } from '../transport/functions-client';
import type { Passes } from '../transport/passes';
import type { ChosenFiles } from './chosen-files';
import { FIRST_RETRY_MS, MAX_RETRY_MS } from './connection';
import type { OngoingChat } from './ongoing-chat';
import { toProblem } from './problem';
import { takeUp } from './unfinished';

export interface BelongingsParts {
  passes: Passes;
  storage: ChatStorage;
  wait: (delayMs: number) => Promise<void>;
}

export class Belongings {
  private takenUp: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: BelongingsParts,
    private readonly store: Store,
    private readonly files: ChosenFiles,
    private readonly ongoing: OngoingChat,
  ) {
    const { passes, storage } = parts;
    // A user's data is neither read nor stored before the site has identified the user.
    if (passes.isOfUser) storage.setOwner(null);
    passes.tellOwner((owner) => this.belongTo(owner));
    passes.tellPass(({ maxMessageChars, openHours = null }) => {
      this.store.dispatch({
        type: 'informed',
        terms: { openHours, ...(maxMessageChars && { maxMessageChars }) },
      });
    });
  }

  async resume(): Promise<void> {
    const { passes, storage } = this.parts;
    if (!passes.isOfUser) this.takenUp = this.takeUp();
    // The start asks again, and tells.
    else if (storage.hasUserData()) await passes.identify().catch(() => undefined);
    await this.takenUp;
  }

  /** Drops the visitor's data from memory. Stored data stays. */
  empty(): void {
    // `reset` alone would keep the unsent text.
    this.store.dispatch({ type: 'reset' });
    this.store.dispatch({ type: 'drafted', draft: '' });
    this.store.dispatch({ type: 'named', visitorName: '' });
    this.parts.storage.writeLeaving({});
    this.ongoing.preChat = {};
    this.files.letGoOfAll();
  }

  /** Keeps what was written so far for `owner`, unless the chat belonged to another owner before. */
  private belongTo(owner: string): void {
    const { storage } = this.parts;
    const isAnother = storage.owner !== null;
    storage.setOwner(null);
    if (isAnother) {
      this.ongoing.stepAside();
      this.empty();
    }
    storage.setOwner(owner);
    this.takenUp = this.takeUp();
  }

  private async takeUp(): Promise<void> {
    const { passes, storage } = this.parts;
    // Read before the state changes, which is stored.
    const tab = storage.readTab();
    const mayClaim =
      passes.isOfUser && !storage.readSite().conversationSid && this.store.state.phase === 'new';
    const left = mayClaim ? storage.readLeft() : null;
    const isClaimed = left !== null && (await this.claim(left.conversationSid, left.pass));
    if (isClaimed === null) return;
    const { conversationSid, visitorName, rating, pass } = storage.readSite();
    if (visitorName) this.store.dispatch({ type: 'named', visitorName });
    if (passes.isOfUser) takeUp(this.store, storage.takeAnonymousTab(), isClaimed);
    // An anonymous visitor needs the pass to open a stored Conversation.
    const hasConversation = conversationSid !== null && (passes.isOfUser || pass !== null);
    takeUp(this.store, tab, hasConversation);
    if (!hasConversation || !(isClaimed || this.store.state.phase === 'new')) return;
    this.store.dispatch({ type: 'starting' });
    if (rating) this.store.dispatch({ type: 'rated', rating });
    await this.ongoing.connect(conversationSid);
  }

  /** The visitor has signed in during a chat: false if the chat is not theirs to continue, null if another user has taken over. Waits for the network. */
  private async claim(conversationSid: string, pass: Pass): Promise<boolean | null> {
    const { passes, storage, wait } = this.parts;
    const { owner } = storage;
    const { signal } = this.ongoing;
    this.store.dispatch({ type: 'starting' });
    for (let delayMs = FIRST_RETRY_MS; ; delayMs = Math.min(delayMs * 2, MAX_RETRY_MS)) {
      try {
        await passes.claim(conversationSid, pass);
        break;
      } catch (error) {
        if (signal.aborted) return null;
        if (!toProblem(error).retryable) {
          this.store.dispatch({ type: 'startFailed', problem: null });
          return false;
        }
        this.store.dispatch({ type: 'connectionChanged', connection: 'reconnecting' });
        await wait(delayMs);
        if (signal.aborted) return null;
      }
    }
    if (signal.aborted || storage.owner !== owner) return null;
    this.ongoing.remember({ conversationSid });
    storage.dropLeft();
    return true;
  }
}
