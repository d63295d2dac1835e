/** The event log of a Sync object: what a client has missed, and no more than that is kept. */
import { Clock } from '../../../../emulator/core/clock';
import { SyncStore, createSyncJournal } from '../../../../emulator/realtime/sync/store';

function aList() {
  return new SyncStore('IS', createSyncJournal(new Clock())).list('messages', () => true);
}

/** Their types and keys. */
function log(list: ReturnType<typeof aList>): string[] {
  return list.eventsAfter(0).map(({ type, key }) => `${type} ${key}`);
}

describe('the log of a Sync list', () => {
  it('holds the item and its newest change', () => {
    const list = aList();

    list.set(0, { text: 'first' });
    for (const text of ['second', 'third']) list.set(0, { text });

    expect(log(list)).toEqual(['item_added 0', 'item_updated 0']);
    expect(list.eventsAfter(0).at(-1)?.data).toEqual({ text: 'third' });
  });

  it.each([
    ['that was never changed', 0, ['item_removed 1']],
    ['with its addition if it was changed', 2, ['item_added 1', 'item_removed 1']],
  ])('holds the removal of an item %s', (_case, changes, kept) => {
    const list = aList();

    list.set(0, { text: 'stays' });
    list.set(1, { text: 'goes' });
    for (let change = 0; change < changes; change++) list.set(1, { text: `goes ${change}` });
    list.delete(1);

    expect(log(list)).toEqual(['item_added 0', ...kept]);
  });

  it('holds an item in one object: the list has no second copy of it', () => {
    const list = aList();

    list.set(0, { text: 'first' });

    expect(list.find(0)).toBe(list.eventsAfter(0)[0]);
  });
});
