/** Sorted lists and binary search in them. */

/** The index of the first item that does not come before the wanted place; the length if all do. */
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

/** A list to page through: an array, or a view of one. */
export type Pageable<Item> = Pick<readonly Item[], 'length' | 'slice'>;

/** The items in reverse order, as a view: only the items of a page are copied. */
export function reversed<Item>(items: readonly Item[]): Pageable<Item> {
  const { length } = items;
  return {
    length,
    slice: (start = 0, end = length) =>
      items.slice(Math.max(0, length - end), Math.max(0, length - start)).reverse(),
  };
}
