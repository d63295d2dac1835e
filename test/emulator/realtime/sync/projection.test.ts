/** A REST response does not wait for the events of SDK clients. Readers of the Sync objects see a change at once. */
import { Emulator } from '../../../../emulator/emulator';
import type { Conversation } from '../../../../emulator/conversations/model';
import { ChatWorld } from '../sdk';

let chat: ChatWorld;
let conversation: Conversation;

beforeEach(async () => {
  chat = await ChatWorld.start('@twilio/conversations');
  conversation = chat.aConversation(['ada']);
});
afterEach(() => chat.stop());

const names = () => ({
  list: `${conversation.sid}.messages`,
  document: `${conversation.sid}.channel`,
});

it('lists a Message when the list is read', () => {
  const { projection } = chat.realtime;

  chat.say(conversation, 'ada', 'hello');

  expect(projection.messagesOf(conversation).get(0)).toMatchObject({ text: 'hello' });
});

it('finds a Conversation when the store is read', () => {
  const { projection } = chat.realtime;

  const created = chat.aConversation(['ada'], { friendlyName: 'Tea' });

  expect(projection.storeOf(chat.serviceSid).find(`${created.sid}.channel`)?.toJson()).toMatchObject({
    data: { friendlyName: 'Tea' },
  });
});

it('keeps the order of the changes of one task', () => {
  const { projection } = chat.realtime;
  const message = chat.say(conversation, 'ada', 'one');
  chat.domain.messages.remove(conversation, message, { source: 'API', webhookEnabled: false });
  chat.say(conversation, 'ada', 'two');

  const events = projection.messagesOf(conversation).eventsAfter(0);

  expect(events.map(({ type, key }) => `${type} ${key}`)).toEqual(['item_removed 0', 'item_added 1']);
});

it('forgets a Conversation that is deleted in the task that created it', () => {
  const { projection } = chat.realtime;
  chat.say(conversation, 'ada', 'hello');

  chat.domain.deleteConversation(conversation, { source: 'API', webhookEnabled: false });

  for (const name of Object.values(names())) {
    expect(projection.storeOf(chat.serviceSid).find(name)).toBeUndefined();
  }
});

it.each([
  ['dropped', () => chat.realtime.drop()],
  ['closed', () => chat.realtime.close(406)],
])('sends a Message before the sessions are %s in the same step', (_case, end) => {
  const texts: unknown[] = [];
  chat.realtime.projection.messagesOf(conversation).subscribers.add({
    deliver: (_object, { data }) => texts.push((data as { text: string }).text),
  });

  chat.say(conversation, 'ada', 'last words');
  end();

  expect(texts).toEqual(['last words']);
});

it('sends each state if the clock passes several', () => {
  const timed = chat.domain.conversations.create(
    chat.serviceSid,
    { state: 'active', timerInactive: 'PT1M', timerClosed: 'PT10M' },
    { source: 'API', webhookEnabled: false },
  );
  const document = chat.realtime.projection.storeOf(chat.serviceSid).find(`${timed.sid}.channel`)!;
  const states: unknown[] = [];
  document.subscribers.add({
    deliver: (_object, { data }) => states.push((data as { state: { current: string } }).state.current),
  });

  chat.emulator.clock.advance(20 * 60_000);

  expect(states).toEqual(['inactive', 'closed']);
});

it('takes back what the previous world was about to send', async () => {
  const snapshot = await chat.emulator.snapshot();
  const next = await Emulator.start({ account: chat.emulator.account });
  chat.say(conversation, 'ada', 'forgotten');

  next.world.restore(snapshot, chat.emulator.world);

  const restored = next.world.conversations.conversations.get(conversation.sid)!;
  const events = next.world.realtime.projection.messagesOf(restored).eventsAfter(0);
  await next.stop();
  expect(events.map(({ type, key }) => `${type} ${key}`)).toEqual(['item_removed 0']);
});
