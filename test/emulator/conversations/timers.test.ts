import { Contents } from '../../../emulator/content/domain';
import { ConversationsDomain } from '../../../emulator/conversations/domain';
import { parseDurationMs } from '../../../emulator/conversations/durations';
import type { Actor, Conversation } from '../../../emulator/conversations/model';
import { Clock } from '../../../emulator/core/clock';

const MINUTE_MS = 60_000;
const BY_REST: Actor = { source: 'API', webhookEnabled: false };

describe("a Conversation's timers", () => {
  let clock: Clock;
  let domain: ConversationsDomain;

  beforeEach(() => {
    clock = new Clock();
    domain = new ConversationsDomain(clock, `IS${'0'.repeat(32)}`, new Contents(clock));
  });
  afterEach(() => clock.clear());

  const aConversation = (timers: { timerInactive?: string; timerClosed?: string }): Conversation =>
    domain.conversations.create(domain.defaultServiceSid, { state: 'active', ...timers }, BY_REST);

  it('make it inactive, then closed', () => {
    const conversation = aConversation({ timerInactive: 'PT5M', timerClosed: 'PT10M' });
    const changes: string[] = [];
    domain.events.on('conversationStateUpdated', ({ to, actor }) => changes.push(`${to} by ${actor.source}`));

    clock.advance(5 * MINUTE_MS);
    expect(conversation.state).toBe('inactive');
    clock.advance(10 * MINUTE_MS);

    expect(changes).toEqual(['inactive by TIMER', 'closed by TIMER']);
  });

  it('restart with each message', () => {
    const conversation = aConversation({ timerClosed: 'PT10M' });

    clock.advance(9 * MINUTE_MS);
    domain.messages.add(conversation, { body: 'still here' }, BY_REST);
    clock.advance(9 * MINUTE_MS);
    expect(conversation.state).toBe('active');
    clock.advance(MINUTE_MS);

    expect(conversation.state).toBe('closed');
  });

  it('continue through other changes, and restart when they are set', () => {
    const conversation = aConversation({ timerClosed: 'PT10M' });

    clock.advance(9 * MINUTE_MS);
    domain.conversations.update(conversation, { friendlyName: 'renamed' }, BY_REST);
    domain.participants.add(conversation, { identity: 'ada' }, BY_REST);
    expect(conversation.timers.dateClosed!.getTime() - clock.now()).toBeLessThanOrEqual(MINUTE_MS);
    domain.conversations.update(conversation, { timerClosed: 'PT20M' }, BY_REST);
    clock.advance(19 * MINUTE_MS);
    expect(conversation.state).toBe('active');
    clock.advance(MINUTE_MS);

    expect(conversation.state).toBe('closed');
  });

  it('show when they are due, and nothing once they are off', () => {
    const conversation = aConversation({ timerClosed: 'PT10M' });
    expect(conversation.timers.dateClosed!.getTime() - clock.now()).toBeGreaterThan(9.9 * MINUTE_MS);

    domain.conversations.update(conversation, { timerClosed: 'PT0S' }, BY_REST);
    expect(conversation.timers.dateClosed).toBeNull();
    clock.advance(60 * MINUTE_MS);

    expect(conversation.state).toBe('active');
  });

  it('end with the Conversation', () => {
    const conversation = aConversation({ timerClosed: 'PT10M' });
    domain.deleteConversation(conversation, BY_REST);

    clock.advance(10 * MINUTE_MS);

    expect(conversation.state).toBe('active');
  });

  it('do not affect an inactive Conversation that a message reactivates', () => {
    const conversation = aConversation({ timerInactive: 'PT5M' });
    clock.advance(5 * MINUTE_MS);

    domain.messages.add(conversation, { body: 'back again' }, BY_REST);

    expect(conversation.state).toBe('active');
  });
});

describe('an ISO 8601 duration', () => {
  it.each([
    ['PT1M', 60_000],
    ['PT90S', 90_000],
    ['PT1.5S', 1_500],
    ['P1D', 86_400_000],
    ['P2W', 14 * 86_400_000],
    ['P1Y2M3DT4H5M6S', ((365 + 60 + 3) * 24 + 4) * 3_600_000 + 306_000],
  ])('%s is parsed', (text, durationMs) => {
    expect(parseDurationMs(text)).toBe(durationMs);
  });

  it.each(['', 'P', 'PT', 'P1DT', '10M', 'PT-1M', 'P1.5D', 'PT1M ', 'soon'])('%p is invalid', (text) => {
    expect(parseDurationMs(text)).toBeUndefined();
  });
});
