/** The desk at work: Twilio's APIs, the SDK and the emulator on one side, the state that the view draws on the other. */
import { AgentChats } from './agent-chats';
import { Controls } from './controls';
import { curlFor } from './curl';
import { EmulatorClient, type DeskSession } from './emulator-client';
import { chatOf, selectedTask, withOverview, type DeskState, type View } from './state/desk-state';
import { conversationSidOf, customerNameOf, type DeskTask } from './state/tasks';
import type { TimelineEntry } from './state/timeline';
import { Store } from './store';
import { watchStream } from './stream';
import { TwilioClient } from './twilio-client';

export class Desk {
  readonly store = new Store();
  readonly controls: Controls;
  private readonly emulator: EmulatorClient;
  private session: DeskSession | null = null;
  private twilio: TwilioClient | null = null;
  private chats: AgentChats | null = null;
  /** A refresh is running; if something happens meanwhile, another one follows. */
  private refreshing = false;
  private refreshAgain = false;

  /** `isNarrow`: whether there is room for one view only. */
  constructor(
    agent: string | null,
    private readonly isNarrow: () => boolean,
  ) {
    this.emulator = new EmulatorClient(agent);
    this.controls = new Controls(this.store, this.emulator, () => this.refresh());
  }

  get state(): DeskState {
    return this.store.state;
  }

  async open(): Promise<void> {
    const session = await this.emulator.session();
    this.session = session;
    this.twilio = new TwilioClient(session);
    this.chats = new AgentChats(session.identity, () => this.emulator.session(), {
      changed: (chats) => {
        this.store.change({ chats });
        this.markSeen();
      },
      online: (online) => this.store.change({ online }),
    });
    this.store.change({ agentName: session.name });
    this.chats.connect(session);
    watchStream(this.store, () => void this.refresh());
    await this.refresh();
  }

  select(task: DeskTask): void {
    this.store.change({
      farewell: null,
      selectedTaskSid: task.taskSid,
      pinnedConversationSid: conversationSidOf(task),
      view: 'chat',
    });
    this.markSeen();
  }

  show(view: View): void {
    this.store.change({ view });
    this.markSeen();
  }

  showTimeline(conversationSid: string): void {
    this.store.change({ pinnedConversationSid: conversationSid, view: 'timeline' });
  }

  async setActivity(activitySid: string): Promise<void> {
    await this.act(() => this.twilio!.setActivity(activitySid));
  }

  async accept(task: DeskTask): Promise<void> {
    if (await this.act(() => this.twilio!.answer(task, 'accepted'))) this.select(task);
  }

  async reject(task: DeskTask): Promise<void> {
    await this.act(() => this.twilio!.answer(task, 'rejected'));
  }

  async transfer(task: DeskTask, to: string): Promise<void> {
    await this.act(() => this.twilio!.transfer(task, to));
  }

  async takeBack(task: DeskTask): Promise<void> {
    await this.act(() => this.twilio!.takeBack(task, task.transfer!.sid));
  }

  async wrapUp(task: DeskTask): Promise<void> {
    await this.act(() => this.twilio!.move(task, 'wrapping', 'Agent ended the chat'));
  }

  async complete(task: DeskTask, reason: string): Promise<void> {
    await this.act(async () => {
      await this.twilio!.move(task, 'completed', reason);
      this.store.change({ farewell: `The chat with ${customerNameOf(task)} is closed.` });
    });
  }

  draft(conversationSid: string, draft: string): void {
    this.store.change({ drafts: { ...this.state.drafts, [conversationSid]: draft } });
    if (draft) this.chats?.typingIn(conversationSid);
  }

  async send(conversationSid: string): Promise<void> {
    const body = this.state.drafts[conversationSid]?.trim();
    if (!body) return;
    this.draft(conversationSid, '');
    try {
      await this.chats!.send(conversationSid, body);
    } catch (error) {
      // The text goes back into the composer.
      this.store.change({ problem: `Not sent: ${(error as Error).message}` });
      this.draft(conversationSid, body);
    }
  }

  /** At once, each as a message of its own. Source: docs https://www.twilio.com/docs/flex/developer/conversations/limits */
  async sendFiles(conversationSid: string, files: Iterable<File>): Promise<void> {
    try {
      for (const file of files) await this.chats!.sendFile(conversationSid, file);
    } catch (error) {
      this.store.change({ problem: `Not sent: ${(error as Error).message}` });
    }
  }

  async mediaUrl(mediaSid: string): Promise<string | null> {
    return this.chats!.mediaUrl(mediaSid);
  }

  async openMedia(mediaSid: string): Promise<void> {
    const url = await this.mediaUrl(mediaSid);
    if (url) window.open(url, '_blank', 'noopener');
    else this.store.change({ problem: 'This file is no longer available.' });
  }

  async copyAsCurl(entry: TimelineEntry): Promise<void> {
    const command = curlFor(entry, this.session!, location.origin);
    if (command === null) return;
    await this.store.attempt(async () => {
      await navigator.clipboard.writeText(command);
      this.store.change({ notice: `Copied: ${entry.title} as curl` });
    });
  }

  /** What the agent sees counts as read: the chat that is shown, in a page that is shown. */
  markSeen(): void {
    const task = selectedTask(this.state);
    const isSeen = document.visibilityState === 'visible' && (!this.isNarrow() || this.state.view === 'chat');
    if (!task || !isSeen || task.reservationStatus === 'pending') return;
    const chat = chatOf(this.state, task);
    if (chat) this.chats?.markRead(chat.conversationSid);
  }

  private async refresh(): Promise<void> {
    if (this.refreshing) {
      this.refreshAgain = true;
      return;
    }
    this.refreshing = true;
    try {
      do {
        this.refreshAgain = false;
        const overview = await this.emulator.overview();
        this.store.set(withOverview(this.state, overview, Date.now()));
      } while (this.refreshAgain);
    } catch (error) {
      this.store.change({ problem: (error as Error).message });
    } finally {
      this.refreshing = false;
    }
    this.markSeen();
  }

  private async act(action: () => Promise<void>): Promise<boolean> {
    const isDone = await this.store.attempt(action);
    await this.refresh();
    return isDone;
  }
}
