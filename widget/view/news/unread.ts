/** How the page tells of what has not been seen. */

/** Puts the count before the page's title, and takes it away again, whatever the page has made of its title meanwhile. */
export function showInTitle(count: number): void {
  const title = document.title.replace(/^\(\d+\) /, '');
  const wanted = count > 0 ? `(${count}) ${title}` : title;
  if (document.title !== wanted) document.title = wanted;
}
