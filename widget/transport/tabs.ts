/** The tabs of a site: they forget a visitor together. */
import { ANONYMOUS } from './owner';

export interface Tabs {
  /** Tells the other tabs. @param owner whose data is forgotten; null: the data of all */
  forget(owner: string | null): void;
  /** Calls `listener` when another tab forgets `owner()`, or an anonymous visitor, who may be the same person. */
  onForgotten(owner: () => string | null, listener: () => void): void;
  leave(): void;
}

/** Undefined if there are no other tabs or they cannot be reached: Safari before 15.4, programs in Node. */
export function joinTabs(key: string): Tabs | undefined {
  if (!('document' in globalThis && 'BroadcastChannel' in globalThis)) return undefined;
  const channel = new BroadcastChannel(key);
  return {
    forget: (owner) => channel.postMessage({ owner }),
    onForgotten(owner, listener) {
      channel.onmessage = ({ data }: { data: { owner: string | null } }) => {
        if (data.owner === null || [data.owner, ANONYMOUS].includes(owner()!)) listener();
      };
    },
    leave: () => channel.close(),
  };
}
