/** What the chat holds on to: measured in the browser, after its garbage collection. */
import type { CDPSession } from 'playwright-core';
import { describeInBrowser } from '../support/chromium';
import type { Visitor } from '../support/visitor';
import { useWidget } from '../support/widget-world';

const CYCLES = 100;
const MESSAGES = 1_000;
/** After this many cycles, everything that is created lazily and once exists. */
const WARM_UP = 10;
/** A line with its name, bubble and text. */
const MAX_NODES_PER_MESSAGE = 12;
/** State, line and the SDK's own objects for it: three times what was measured. */
const MAX_BYTES_PER_MESSAGE = 12_000;
/** Each of its clients listens for `online` and `offline` and never stops (3.0.1). Source: sdk twilsock/dist/twilsock.js */
const LISTENERS_OF_THE_SDK = 2;

interface Held {
  nodes: number;
  listeners: number;
  heapBytes: number;
}

describeInBrowser('the memory of the chat', () => {
  const world = useWidget();
  let visitor: Visitor;
  let cdp: CDPSession;

  beforeEach(async () => {
    visitor = await world.arriveAndWrite('hello');
    cdp = await visitor.context.newCDPSession(visitor.page);
    await cdp.send('HeapProfiler.enable');
  });

  async function held(): Promise<Held> {
    // Twice: what the first collection finalizes, the second one frees.
    await cdp.send('HeapProfiler.collectGarbage');
    await cdp.send('HeapProfiler.collectGarbage');
    const { nodes, jsEventListeners: listeners } = await cdp.send('Memory.getDOMCounters');
    const { usedSize: heapBytes } = await cdp.send('Runtime.getHeapUsage');
    return { nodes, listeners, heapBytes };
  }

  /** In the page, with a frame between, so that everything is drawn each time. */
  const openAndClose = (times: number): Promise<void> =>
    visitor.page.evaluate(`(async () => {
      const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      for (let time = 0; time < ${times}; time++) {
        FlexChat.close();
        await drawn();
        FlexChat.open();
        await drawn();
      }
    })()`);

  async function receive(count: number, name: string): Promise<void> {
    const { messages } = world.stack.emulator.world.conversations;
    const actor = { source: 'API', webhookEnabled: false } as const;
    for (let line = 1; line <= count; line++) {
      messages.add(world.conversation(), { author: 'system', body: `${name} ${line}` }, actor);
    }
    await visitor.transcript.getByText(`${name} ${count}`, { exact: true }).waitFor();
    // Announcements go after a second.
    await visitor.page.locator('flex-chat [role=status] p').first().waitFor({ state: 'detached' });
  }

  it('is the same after a hundred times open and closed', async () => {
    await openAndClose(WARM_UP);
    const before = await held();

    await openAndClose(CYCLES);

    const after = await held();
    expect(after.nodes).toBeLessThanOrEqual(before.nodes);
    expect(after.listeners).toBeLessThanOrEqual(before.listeners);
    expect(after.heapBytes / before.heapBytes).toBeLessThan(1.1);
  });

  it('grows by no more than its line for each of a thousand messages, and by no listener', async () => {
    await receive(WARM_UP, 'first');
    const before = await held();

    await receive(MESSAGES, 'then');

    const after = await held();
    expect((after.nodes - before.nodes) / MESSAGES).toBeLessThan(MAX_NODES_PER_MESSAGE);
    expect((after.heapBytes - before.heapBytes) / MESSAGES).toBeLessThan(MAX_BYTES_PER_MESSAGE);
    expect(after.listeners).toBeLessThanOrEqual(before.listeners);
  });

  /** A whole chat, of which nothing stays. */
  async function beForgotten(): Promise<void> {
    await visitor.page.evaluate('FlexChat.reset()');
    const offered = world.stack.nextReservation();
    await visitor.write('hello again');
    await offered;
    await visitor.sent('hello again').waitFor();
    await visitor.page.evaluate('FlexChat.reset()');
    await visitor.page.getByRole('heading', { name: 'How can we help?' }).waitFor();
  }

  it('is given back when the visitor is forgotten', async () => {
    await beForgotten();
    const before = await held();

    await beForgotten();

    const after = await held();
    expect(after.nodes - before.nodes).toBeLessThan(MAX_NODES_PER_MESSAGE);
    expect(after.listeners - before.listeners).toBeLessThanOrEqual(LISTENERS_OF_THE_SDK);
  });
});
