/** The number of unread messages in the page's title. */

/** Puts it before the title, and takes it away again. A title that the page has set since, or that counts, stays. */
export function createTitle(page: { title: string }): (count: number) => void {
  /** What we have made of the title; undefined: nothing. */
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
