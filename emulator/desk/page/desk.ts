/** The desk at work: TaskRouter, the SDK and the timeline on one side, the state that the view draws on the other. */
import { AgentChats } from './agent-chats';
import {
  conversationSidOf,
  customerNameOf,
  INITIAL_DESK,
  withTasks,
  type DeskState,
  type DeskTask,
  type TimelineEntry,
  type TimelineStep,
} from './desk-state';
import { fetchSession, TaskRouterClient } from './task-router-client';

export class Desk {
  private current = INITIAL_DESK;
  private readonly listeners = new Set<(state: DeskState) => void>();
  private taskRouter: TaskRouterClient | null = null;
  private chats: AgentChats | null = null;
  /** A refresh is running; if something happens meanwhile, another one follows. */
  private refreshing = false;
  private refreshAgain = false;

  get state(): DeskState {
    return this.current;
  }

  subscribe(listener: (state: DeskState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async open(): Promise<void> {
    const session = await fetchSession();
    this.taskRouter = new TaskRouterClient(session);
    this.chats = new AgentChats(session.identity, {
      changed: (chats) => this.change({ chats }),
      online: (online) => this.change({ online }),
    });
    this.change({ agentName: session.name });
    this.chats.connect(session);
    this.watchTimeline();
    await this.refresh();
  }

  select(taskSid: string): void {
    const task = this.current.tasks.find((one) => one.taskSid === taskSid);
    this.change({
      farewell: null,
      selectedTaskSid: taskSid,
      pinnedConversationSid: task ? conversationSidOf(task) : null,
    });
  }

  showTimeline(conversationSid: string): void {
    this.change({ pinnedConversationSid: conversationSid });
  }

  async accept(task: DeskTask): Promise<void> {
    await this.attempt(() => this.taskRouter!.answer(task, 'accepted'));
    this.select(task.taskSid);
  }

  async reject(task: DeskTask): Promise<void> {
    await this.attempt(() => this.taskRouter!.answer(task, 'rejected'));
  }

  async wrapUp(task: DeskTask): Promise<void> {
    await this.attempt(() => this.taskRouter!.move(task, 'wrapping', 'Agent ended the chat'));
  }

  async complete(task: DeskTask, reason: string): Promise<void> {
    await this.attempt(async () => {
      await this.taskRouter!.move(task, 'completed', reason);
      this.change({ farewell: `${customerNameOf(task)} has been told that the chat has ended.` });
    });
  }

  draft(conversationSid: string, draft: string): void {
    this.change({ drafts: { ...this.current.drafts, [conversationSid]: draft } });
    if (draft) this.chats?.typingIn(conversationSid);
  }

  async send(conversationSid: string): Promise<void> {
    const body = this.current.drafts[conversationSid]?.trim();
    if (!body) return;
    this.draft(conversationSid, '');
    try {
      await this.chats!.send(conversationSid, body);
    } catch (error) {
      // The words go back to where they were written.
      this.change({ problem: `Not sent: ${(error as Error).message}` });
      this.draft(conversationSid, body);
    }
  }

  /** At once, each as a message of its own. Source: docs https://www.twilio.com/docs/flex/developer/conversations/limits */
  async sendFiles(conversationSid: string, files: Iterable<File>): Promise<void> {
    try {
      for (const file of files) await this.chats!.sendFile(conversationSid, file);
    } catch (error) {
      this.change({ problem: `Not sent: ${(error as Error).message}` });
    }
  }

  async mediaUrl(mediaSid: string): Promise<string | null> {
    return this.chats!.mediaUrl(mediaSid);
  }

  async openMedia(mediaSid: string): Promise<void> {
    const url = await this.mediaUrl(mediaSid);
    if (url) window.open(url, '_blank', 'noopener');
    else this.change({ problem: 'This file is not to be had any more.' });
  }

  dismissProblem(): void {
    this.change({ problem: null });
  }

  private watchTimeline(): void {
    const stream = new EventSource('/emulator/timeline');
    stream.addEventListener('world', ({ data }: MessageEvent<string>) => {
      const { worldId, steps } = JSON.parse(data) as { worldId: string; steps: TimelineStep[] };
      // The emulator was reset or started again: nothing on this page is true any more.
      if (this.current.worldId !== null && this.current.worldId !== worldId) location.reload();
      this.change({ worldId, steps, entries: [] });
    });
    stream.addEventListener('entry', ({ data }: MessageEvent<string>) => {
      const entry = JSON.parse(data) as TimelineEntry;
      const isNew = !this.current.entries.some(
        ({ conversationSid }) => conversationSid === entry.conversationSid,
      );
      this.change({
        entries: [...this.current.entries, entry],
        // A chat that begins is what everybody wants to see.
        ...(isNew && { pinnedConversationSid: null }),
      });
      if (entry.product === 'TaskRouter') void this.refresh();
    });
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
        const tasks = await this.taskRouter!.tasks();
        this.set(withTasks(this.current, tasks));
      } while (this.refreshAgain);
    } catch (error) {
      this.change({ problem: (error as Error).message });
    } finally {
      this.refreshing = false;
    }
  }

  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
      this.change({ problem: null });
    } catch (error) {
      this.change({ problem: (error as Error).message });
    }
    await this.refresh();
  }

  private change(change: Partial<DeskState>): void {
    this.set({ ...this.current, ...change });
  }

  private set(state: DeskState): void {
    this.current = state;
    for (const listener of this.listeners) listener(state);
  }
}
