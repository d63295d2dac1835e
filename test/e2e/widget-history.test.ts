/** A Conversation of ten thousand Messages: opened as fast as a short one, and read page by page without a jolt. */
import { describeInBrowser } from '../support/chromium';
import type { Visitor } from '../support/visitor';
import { useWidget } from '../support/widget-world';

const COUNT = 10_000;
const PAGE_SIZE = 50;
const PAGES = 60;
/** Lines drawn for a page: its own, and those whose neighbour has changed. */
const MAX_DRAWN = PAGE_SIZE + 5;
/** Rounding, and the rule between two days or authors that moves to another line. */
const MAX_JUMP_PX = 3;

const IN_CHAT = `document.querySelector('flex-chat').shadowRoot`;

/** In the page's own words: goes up to the top, again and again, and tells how far what is read there moves (px). */
const readEarlier = (pages: number): string => `(async () => {
  const region = ${IN_CHAT}.querySelector('.transcript');
  let jumped = 0;
  for (let page = 0; page < ${pages}; page++) {
    const { length } = region.querySelectorAll('li');
    // Not the very top: there the browser would not help, and so not get in the way either.
    region.scrollTop = 120;
    const read = region.querySelectorAll('li')[3];
    const before = read.getBoundingClientRect().top;
    while (region.querySelectorAll('li').length === length) await new Promise(requestAnimationFrame);
    jumped = Math.max(jumped, Math.abs(read.getBoundingClientRect().top - before));
  }
  return jumped;
})()`;

/** Counts drawn lines: each is searched for links exactly once. */
const COUNT_LINES = `
  window.drawn = 0;
  const { matchAll } = String.prototype;
  String.prototype.matchAll = function (pattern) { drawn += 1; return matchAll.call(this, pattern); };
`;

/** Records the announcements for screen readers. */
const LISTEN = `
  window.received = [];
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) received.push(node.textContent);
  }).observe(${IN_CHAT}.querySelector('[role=status]'), { childList: true });
`;

describeInBrowser('a history of ten thousand messages', () => {
  const world = useWidget();

  /** A visitor with a long chat returns to the site, where the panel is open as before. */
  async function arriveWithHistory(): Promise<Visitor> {
    const visitor = await world.arriveAndWrite('hello');
    await visitor.page.goto('about:blank');
    const { messages } = world.stack.emulator.world.conversations;
    for (let line = 1; line < COUNT; line++) {
      const actor = { source: 'API', webhookEnabled: false } as const;
      messages.add(world.conversation(), { author: 'system', body: `line ${line}` }, actor);
    }
    await visitor.page.goto(world.site.origin);
    return visitor;
  }

  it('opens with the newest page, and is read far up at a steady cost', async () => {
    const visitor = await arriveWithHistory();
    const { page, transcript } = visitor;
    await transcript.getByText(`line ${COUNT - 1}`, { exact: true }).waitFor();
    expect(await transcript.getByRole('listitem').count()).toBe(PAGE_SIZE);
    await page.evaluate(LISTEN);
    await page.evaluate(COUNT_LINES);

    expect(await page.evaluate<number>(readEarlier(PAGES))).toBeLessThan(MAX_JUMP_PX);

    // Lines that are already drawn are not drawn again: otherwise page 1000 would cost 1000 times as much as page 1.
    expect(await page.evaluate<number>('drawn')).toBeLessThan(PAGES * MAX_DRAWN);
    const lines = Array.from({ length: (PAGES + 1) * PAGE_SIZE }, (_, at) => `line ${COUNT - 1 - at}`);
    expect(await visitor.said()).toEqual(lines.toReversed());
    // What was said before is no news.
    expect(await page.evaluate('received')).toEqual([]);
    const place = await page.evaluate(`${IN_CHAT}.querySelector('.transcript').scrollTop`);
    await world.reply('Here is something new');
    await transcript.getByText('Here is something new', { exact: true }).waitFor({ state: 'attached' });
    expect(await page.evaluate(`${IN_CHAT}.querySelector('.transcript').scrollTop`)).toBe(place);
  });
});
