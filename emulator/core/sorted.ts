/** Lists that are kept in an order, so that a place in them is found without looking at all of it. */

/** Where the first item is that does not come before the wanted place; the length where all do. */
export function firstNotBefore<Item>(sorted: readonly Item[], isBefore: (item: Item) => boolean): number {
  let start = 0;
  let end = sorted.length;
  while (start < end) {
    const middle = (start + end) >>> 1;
    if (isBefore(sorted[middle]!)) start = middle + 1;
    else end = middle;
  }
  return start;
}

/** What pages are cut from: an array, or a view of one. */
export type Pageable<Item> = Pick<readonly Item[], 'length' | 'slice'>;

/** The same items from the last to the first, none of them copied before a page is cut. */
export function reversed<Item>(items: readonly Item[]): Pageable<Item> {
  const { length } = items;
  return {
    length,
    slice: (start = 0, end = length) =>
      items.slice(Math.max(0, length - end), Math.max(0, length - start)).reverse(),
  };
}
