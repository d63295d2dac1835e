/** The number of unread messages in the page's title. */

/** Prefixes the title with the number, and removes it again. A title that the page has set since, or that has a counter, is kept. */
export function createTitle(page: { title: string }): (count: number) => void {
  /** The title with the number; undefined if the title is unchanged. */
  let shown: string | undefined;
  let own = '';
  return (count) => {
    const title = page.title === shown ? own : page.title;
    const isCounting = /^\(\d+\)/.test(title);
    const wanted = count > 0 && !isCounting ? `(${count}) ${title}` : title;
    own = title;
    shown = wanted === title ? undefined : wanted;
    if (page.title !== wanted) page.title = wanted;
  };
}
