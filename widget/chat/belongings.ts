/** The owner of the chat: restores the owner's data from this browser, and does not touch another user's. */
import type { Store } from '../state/store';
import type { ChatStorage } from '../transport/chat-storage';
import type { Passes } from '../transport/passes';
import type { ChosenFiles } from './chosen-files';
import type { OngoingChat } from './ongoing-chat';
import { takeUp } from './unfinished';

export interface BelongingsParts {
  passes: Passes;
  storage: ChatStorage;
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
    const { conversationSid, visitorName, rating, pass } = storage.readSite();
    const tab = storage.readTab();
    if (visitorName) this.store.dispatch({ type: 'named', visitorName });
    if (passes.isOfUser) takeUp(this.store, storage.takeAnonymousTab(), false);
    // An anonymous visitor needs the pass to open a stored Conversation.
    const hasConversation = conversationSid !== null && (passes.isOfUser || pass !== null);
    takeUp(this.store, tab, hasConversation);
    if (!hasConversation || this.store.state.phase !== 'new') return;
    this.store.dispatch({ type: 'starting' });
    if (rating) this.store.dispatch({ type: 'rated', rating });
    await this.ongoing.connect(conversationSid);
  }
}
