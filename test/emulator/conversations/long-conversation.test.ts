import { SYSTEM, type Message } from '../../../emulator/conversations/model';
import { twilioClient, useEmulator } from '../../support/emulator';

/** Each step of a binary search reads one index. */
const STEPS = Math.ceil(Math.log2(5_000)) + 1;

describe('a Conversation of 5,000 Messages', () => {
  const emulator = useEmulator();

  /** How many of its Messages' indexes `work` reads. */
  async function readsDuring(work: (sid: string) => unknown): Promise<number> {
    const { conversations, messages } = emulator().world.conversations;
    const conversation = conversations.create(emulator().account.conversationsServiceSid, {}, SYSTEM);
    for (let count = 0; count < 5_000; count++) messages.add(conversation, { body: 'hello' }, SYSTEM);
    // The timeline's entries are gathered after this task, and read each Message once.
    await Promise.resolve();
    let reads = 0;
    for (const message of messages.ofConversation(conversation.sid)) count(message, () => (reads += 1));
    await work(conversation.sid);
    return reads;
  }

  function count(message: Message, read: () => void): void {
    const { index } = message;
    const get = (): number => {
      read();
      return index;
    };
    Object.defineProperty(message, 'index', { get, enumerable: true });
  }

  it('is counted without reading each', async () => {
    const { messages } = emulator().world.conversations;

    const reads = await readsDuring((sid) => expect(messages.unreadCount(sid, 2_499)).toBe(2_500));

    expect(reads).toBeLessThanOrEqual(STEPS);
  });

  it.each(['asc', 'desc'] as const)('is paged without reading the others (%s)', async (order) => {
    const { conversations } = twilioClient(emulator());
    const indexes: number[] = [];

    const reads = await readsDuring(async (sid) => {
      const page = await conversations.v1.conversations(sid).messages.page({ order, pageSize: 20 });
      indexes.push(...page.instances.map(({ index }) => index));
    });

    const oldest = Array.from({ length: 20 }, (_, position) => position);
    expect(indexes).toEqual(order === 'asc' ? oldest : oldest.map((position) => 4_999 - position));
    expect(reads).toBeLessThanOrEqual(20);
  });

  it('accepts another one without reading any', async () => {
    const { conversations } = twilioClient(emulator());

    const reads = await readsDuring((sid) =>
      conversations.v1.conversations(sid).messages.create({ body: 'one more' }),
    );

    expect(reads).toBe(0);
  });
});
