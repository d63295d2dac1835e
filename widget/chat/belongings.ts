/** Whose the chat is: takes up what they have left in this browser, and leaves alone what is another user's. */
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
    // Nothing of a user is read or kept before the site has said who they are.
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

  /** Nothing of the visitor is held any more. What is stored stays. */
  empty(): void {
    // A reset keeps the words that were not sent.
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
    // Only with its pass is a Conversation an anonymous visitor's.
    const hasConversation = conversationSid !== null && (passes.isOfUser || pass !== null);
    takeUp(this.store, tab, hasConversation);
    if (!hasConversation || this.store.state.phase !== 'new') return;
    this.store.dispatch({ type: 'starting' });
    if (rating) this.store.dispatch({ type: 'rated', rating });
    await this.ongoing.connect(conversationSid);
  }
}
