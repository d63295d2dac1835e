import { twilioClient, useEmulator } from '../../../support/emulator';

const emulator = useEmulator({ kept: true });

let conversationSid: string;
const COUNT = 120;

beforeAll(async () => {
  const { conversations, messages, defaultServiceSid } = emulator().world.conversations;
  const actor = { source: 'EVENT' } as const;
  const conversation = conversations.create(defaultServiceSid, {}, actor);
  conversationSid = conversation.sid;
  for (let index = 0; index < COUNT; index++) messages.add(conversation, { body: `message ${index}` }, actor);
});
beforeEach(() => emulator().journal.clear());

const messages = () => twilioClient(emulator()).conversations.v1.conversations(conversationSid).messages;
const pagesRead = () => emulator().journal.entries.map(({ query }) => query);

it("twilio-node's list follows next_page_url to the last Message, oldest first", async () => {
  const all = await messages().list({ pageSize: 50 });

  expect(all.map(({ index }) => index)).toEqual(Array.from({ length: COUNT }, (_, index) => index));
  expect(pagesRead()).toEqual([
    { PageSize: '50' },
    { PageSize: '50', Page: '1', PageToken: '50' },
    { PageSize: '50', Page: '2', PageToken: '100' },
  ]);
});

it('a list has 50 a page by default', async () => {
  const page = await messages().page();

  expect(page.instances).toHaveLength(50);
});

it('newest first keeps its order from page to page', async () => {
  const newest = await messages().list({ order: 'desc', pageSize: 20, limit: 30 });

  expect(newest.map(({ index }) => index)).toEqual(
    Array.from({ length: 30 }, (_, index) => COUNT - 1 - index),
  );
  expect(pagesRead().map((query) => query['Order'])).toEqual(['desc', 'desc']);
});

it("twilio-node's each stops where its callback stops", async () => {
  const read: number[] = [];

  await new Promise<void>((resolve) => {
    messages().each(
      { pageSize: 10, limit: 15, done: () => resolve() },
      (message) => void read.push(message.index),
    );
  });

  expect(read).toHaveLength(15);
  expect(pagesRead()).toHaveLength(2);
});

it('pages back as it paged forward', async () => {
  const first = await messages().page({ pageSize: 50 });
  const second = await first.nextPage();
  const again = await second!.previousPage();

  expect(first.previousPageUrl).toBeUndefined();
  expect(again!.instances.map(({ index }) => index)).toEqual(first.instances.map(({ index }) => index));
});

it("has Twilio's addresses, and the key of the list", async () => {
  const { apiKeySid, apiKeySecret } = emulator().account;
  const response = await fetch(
    `${emulator().url}/conversations.twilio.com/v1/Conversations/${conversationSid}/Messages?PageSize=100`,
    { headers: { authorization: `Basic ${Buffer.from(`${apiKeySid}:${apiKeySecret}`).toString('base64')}` } },
  );

  const url = `https://conversations.twilio.com/v1/Conversations/${conversationSid}/Messages`;
  expect(((await response.json()) as { meta: unknown }).meta).toEqual({
    page: 0,
    page_size: 100,
    first_page_url: `${url}?PageSize=100&Page=0`,
    previous_page_url: null,
    url: `${url}?PageSize=100&Page=0`,
    next_page_url: `${url}?PageSize=100&Page=1&PageToken=100`,
    key: 'messages',
  });
});
