/** What a visitor does to read a Conversation, open or over. */
import type { Store } from '../state/store';
import { firstIndex } from '../state/transcript';
import type { Connection } from './connection';

/** Loads the page before the oldest message of the state. */
export async function loadEarlier(store: Store, connection: Connection | null): Promise<void> {
  const { items, history } = store.state;
  const first = firstIndex(items);
  if (history !== 'more' || first === null) return;
  store.dispatch({ type: 'historyChanged', history: 'loading' });
  await connection?.loadEarlier(first).catch(() => {
    store.dispatch({ type: 'historyChanged', history: 'more' });
  });
}

export async function findLink(
  store: Store,
  connection: Connection | null,
  mediaSid: string,
): Promise<string | null> {
  if (store.state.connection === 'reconnecting') return null;
  store.dispatch({ type: 'linkChanged', key: mediaSid, link: 'loading' });
  const link = await connection?.findLink(mediaSid);
  store.dispatch({ type: 'linkChanged', key: mediaSid, link: link ?? 'failed' });
  return link?.url ?? null;
}
