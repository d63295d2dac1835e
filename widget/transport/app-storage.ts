/**
 * Storage with promises, as apps have it, behind the interface of a browser's storage. All data of a deployment is one
 * item: it is read once, kept in memory, and written after each change.
 */
import type { KeyValueStorage } from './chat-storage';

type Awaitable<Value> = Value | Promise<Value>;

/** For example `AsyncStorage` of React Native, or a browser's `localStorage`. */
export interface StorageAdapter {
  getItem(key: string): Awaitable<string | null>;
  setItem(key: string, value: string): Awaitable<unknown>;
  removeItem(key: string): Awaitable<unknown>;
}

type Stored = Record<'site' | 'tab', Record<string, string>>;

export class AppStorage {
  /** Until then, both are empty. A failure to read counts as no data. */
  readonly loaded: Promise<void>;
  readonly site: KeyValueStorage;
  /** An app has one tab, which continues with its next start. */
  readonly tab: KeyValueStorage;
  private readonly values = { site: new Map<string, string>(), tab: new Map<string, string>() };
  private saved = '';
  private isSaving = false;

  constructor(
    private readonly adapter: StorageAdapter,
    private readonly key: string,
  ) {
    this.site = this.storageOf(this.values.site);
    this.tab = this.storageOf(this.values.tab);
    this.loaded = this.load();
  }

  private storageOf(values: Map<string, string>): KeyValueStorage {
    return {
      get length() {
        return values.size;
      },
      key: (index) => [...values.keys()][index] ?? null,
      getItem: (key) => values.get(key) ?? null,
      setItem: (key, value) => {
        values.set(key, value);
        void this.save();
      },
      removeItem: (key) => {
        values.delete(key);
        void this.save();
      },
    };
  }

  private async load(): Promise<void> {
    try {
      const text = await this.adapter.getItem(this.key);
      const stored = JSON.parse(text ?? '{}') as Partial<Stored>;
      for (const part of ['site', 'tab'] as const) {
        for (const [key, value] of Object.entries(stored[part] ?? {})) this.values[part].set(key, value);
      }
      this.saved = text ?? '';
    } catch {
      // Denied or damaged: the chat works, but is not resumed.
    }
  }

  /** One write at a time, so that an older one cannot end last; changes meanwhile are in the next one. */
  private async save(): Promise<void> {
    if (this.isSaving) return;
    this.isSaving = true;
    for (let text = this.text(); text !== this.saved; text = this.text()) {
      this.saved = text;
      try {
        await (text ? this.adapter.setItem(this.key, text) : this.adapter.removeItem(this.key));
      } catch {
        // The next change tries again.
      }
    }
    this.isSaving = false;
  }

  private text(): string {
    const { site, tab } = this.values;
    if (site.size + tab.size === 0) return '';
    return JSON.stringify({ site: Object.fromEntries(site), tab: Object.fromEntries(tab) } satisfies Stored);
  }
}
