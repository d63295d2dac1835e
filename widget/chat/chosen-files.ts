/** The `File` objects that the visitor has chosen, until the end of the chat. The state is plain data and cannot hold them. */
import { fileProblem } from '../state/attachments';
import type { Attachment, AttachmentLimits, ChatMessage, FileProblem } from '../state/model';
import type { Store } from '../state/store';
import { randomUUIDAnywhere } from '../transport/random-uuid';

export class ChosenFiles {
  private readonly held = new Map<string, { file: File; url: string }>();

  constructor(
    private readonly store: Store,
    /** Null: no attachments. */
    readonly limits: AttachmentLimits | null,
  ) {}

  /** Adds the files that the limits allow, and reports the others. */
  attach(chosen: Iterable<File>): void {
    const { limits } = this;
    if (!limits) return;
    const files: Attachment[] = [];
    const problems: FileProblem[] = [];
    for (const file of chosen) {
      const problem = fileProblem(file, this.store.state.files.length + files.length, limits);
      if (problem) problems.push(problem);
      else files.push(this.hold(file));
    }
    this.store.dispatch({ type: 'attached', files, problems });
  }

  detach(key: string): void {
    this.store.dispatch({ type: 'detached', key });
    this.letGo(key);
  }

  /** More files than one message allows, including those that a cancelled message has returned. */
  areTooMany(): boolean {
    const { files } = this.store.state;
    const surplus = files.slice(this.limits?.maxCount ?? 0);
    if (surplus.length === 0) return false;
    const problems = surplus.map(({ name }) => ({ name, reason: 'tooMany' as const }));
    this.store.dispatch({ type: 'attached', files: [], problems });
    return true;
  }

  /** Null if a reload has lost them. */
  of({ attachments }: ChatMessage): File[] | null {
    const files = attachments.flatMap(({ key }) => this.held.get(key)?.file ?? []);
    return files.length === attachments.length ? files : null;
  }

  /** Drops the files of the chat that is left; those in the composer stay. */
  letGoOfSent(): void {
    const waiting = new Set(this.store.state.files.map(({ key }) => key));
    for (const key of this.held.keys()) if (!waiting.has(key)) this.letGo(key);
  }

  letGoOfAll(): void {
    for (const { key } of this.store.state.files) this.store.dispatch({ type: 'detached', key });
    this.store.dispatch({ type: 'attached', files: [], problems: [] });
    for (const key of this.held.keys()) this.letGo(key);
  }

  private hold(file: File): Attachment {
    const key = randomUUIDAnywhere();
    const url = URL.createObjectURL(file);
    this.held.set(key, { file, url });
    const { name, type, size } = file;
    return { key, name, type, size, link: { url, until: Infinity } };
  }

  private letGo(key: string): void {
    const held = this.held.get(key);
    if (held) URL.revokeObjectURL(held.url);
    this.held.delete(key);
  }
}
