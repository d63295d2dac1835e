/** Combines several pictures into one. */
import type { Stage } from './stage';

const STYLE = `
  body { margin: 0; font: 15px/1.4 system-ui, sans-serif; color: #3b4049; background: #eef0f3; }
  #sheet { display: inline-grid; gap: 36px 32px; padding: 40px; align-items: start; }
  figure { margin: 0; }
  img { display: block; border-radius: 14px; box-shadow: 0 1px 2px #0002, 0 10px 30px #0001; }
  figcaption { padding: 12px 4px 0; text-align: center; }`;

export interface Cell {
  caption?: string;
  picture: Buffer;
}

/** `width`: of each picture in the sheet. */
export async function toSheet(
  { browser }: Stage,
  cells: readonly Cell[],
  { columns = 4, widths = [300] }: { columns?: number; widths?: number[] } = {},
): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 2400, height: 1200 }, deviceScaleFactor: 1.5 });
  const figures = cells.map(({ caption, picture }, index) => {
    const source = `data:image/png;base64,${picture.toString('base64')}`;
    const text = caption === undefined ? '' : `<figcaption>${caption}</figcaption>`;
    return `<figure><img alt="" width="${widths[index % widths.length]}" src="${source}">${text}</figure>`;
  });
  await page.setContent(
    `<style>${STYLE} #sheet { grid-template-columns: repeat(${columns}, auto); }</style><div id="sheet">${figures.join('')}</div>`,
  );
  await page.waitForFunction('[...document.images].every((image) => image.complete)');
  const picture = await page.locator('#sheet').screenshot();
  await page.close();
  return picture;
}
