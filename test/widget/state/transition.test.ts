import fc from 'fast-check';
import type { ArrivedMessage, ChatEvent } from '../../../widget/state/events';
import { INITIAL_STATE, type Attachment, type ChatState, type Notice } from '../../../widget/state/model';
import { countUnread } from '../../../widget/state/transcript';
import { transition } from '../../../widget/state/transition';

const AT = Date.parse('2026-11-23T14:00:00Z');
const GRACE = { participantSid: 'MB1', authorKey: 'author-1', name: 'Grace', lastReadIndex: null };
const A_FILE = { key: 'file', name: 'a.png', type: 'image/png', size: 3, link: null };

function after(...events: ChatEvent[]): ChatState {
  return events.reduce(transition, INITIAL_STATE);
}

function arrived(index: number, change: Partial<ArrivedMessage> = {}): ChatEvent {
  const message: ArrivedMessage = {
    key: `IM${index}`,
    author: 'agent',
    authorKey: 'author-1',
    name: 'Grace',
    body: `message ${index}`,
    attachments: [],
    at: AT,
    index,
    ...change,
  };
  return { type: 'messagesArrived', messages: [message] };
}

function sending(key: string, ...attachments: Attachment[]): ChatEvent {
  return { type: 'sending', key, body: key, at: AT, attachments };
}

function lines(state: ChatState): string[] {
  return state.items.map((item) =>
    item.kind === 'message' ? `${item.author}: ${item.body} (${item.status})` : item.notice,
  );
}

describe('a chat from its first message to its end', () => {
  it('shows a message at once, and as sent when Twilio has it', () => {
    const sent = after(sending('hello'));
    const confirmed = transition(sent, arrived(0, { key: 'hello', author: 'visitor', body: 'hello' }));

    expect(lines(sent)).toEqual(['visitor: hello (sending)']);
    expect(lines(confirmed)).toEqual(['visitor: hello (sent)']);
  });

  it('keeps the message for another try when the start fails', () => {
    const state = after(sending('hello'), { type: 'starting' }, { type: 'startFailed', problem: aProblem() });

    expect(lines(state)).toEqual(['visitor: hello (failed)']);
    expect(state).toMatchObject({ phase: 'new', connection: 'idle', problem: aProblem() });
  });

  it('forgets the problem when the visitor tries again', () => {
    const failed = after(sending('hello'), { type: 'startFailed', problem: aProblem() });

    expect(transition(failed, { type: 'starting' })).toMatchObject({ phase: 'starting', problem: null });
  });

  it('tells when an agent joins and leaves, once each', () => {
    const state = after(
      { type: 'agentJoined', agent: GRACE, at: AT },
      { type: 'agentJoined', agent: GRACE, at: AT },
      { type: 'agentLeft', participantSid: 'MB1', at: AT },
      { type: 'agentLeft', participantSid: 'MB1', at: AT },
    );

    expect(lines(state)).toEqual(['agentJoined', 'agentLeft']);
    expect((state.items[0] as Notice).name).toBe('Grace');
    expect(state.agents).toMatchObject([{ name: 'Grace', present: false }]);
  });

  it('tells after a reload, too, where an agent has joined, before what is not yet sent', () => {
    const state = after(
      sending('mine'),
      arrived(0, { at: AT - 2000 }),
      arrived(1, { at: AT + 2000 }),
      { type: 'agentJoined', agent: GRACE, at: AT },
      { type: 'agentJoined', agent: { ...GRACE, participantSid: 'MB2', name: 'Hedy' }, at: AT + 3000 },
    );

    expect(state.items.map((item) => (item.kind === 'notice' ? item.name : item.body))).toEqual([
      'message 0',
      'Grace',
      'message 1',
      'Hedy',
      'mine',
    ]);
  });

  it('shows who is typing until they stop or leave', () => {
    const typing = after(
      { type: 'agentJoined', agent: GRACE, at: AT },
      { type: 'agentTyping', participantSid: 'MB1', typing: true },
    );

    expect(typing.agents[0]!.typing).toBe(true);
    expect(transition(typing, { type: 'agentLeft', participantSid: 'MB1', at: AT }).agents[0]!.typing).toBe(
      false,
    );
  });

  it('shows no typing after it has ended', () => {
    const ended = after(
      { type: 'agentJoined', agent: GRACE, at: AT },
      { type: 'agentTyping', participantSid: 'MB1', typing: true },
      { type: 'ended', at: AT },
    );

    expect(ended.agents[0]!.typing).toBe(false);
  });

  it('says that a message did not arrive before the session was lost', () => {
    expect(lines(after(sending('late'), { type: 'sessionLost', problem: aProblem() }))).toEqual([
      'visitor: late (failed)',
    ]);
  });

  it('remembers how far the agent has read', () => {
    const state = after(
      { type: 'agentJoined', agent: GRACE, at: AT },
      { type: 'agentRead', participantSid: 'MB1', lastReadIndex: 4 },
    );

    expect(state.agents[0]!.lastReadIndex).toBe(4);
  });

  it('ends for good: nothing reopens or reconnects it, and the end is shown once', () => {
    const state = after(
      arrived(0),
      { type: 'ended', at: AT },
      { type: 'ended', at: AT },
      { type: 'opened' },
      { type: 'connectionChanged', connection: 'reconnecting' },
      { type: 'sessionLost', problem: aProblem() },
    );

    expect(state).toMatchObject({ phase: 'ended', connection: 'idle', problem: null });
    expect(lines(state)).toEqual(['agent: message 0 (sent)', 'ended']);
  });

  it('says that a message did not arrive before the end', () => {
    expect(lines(after(sending('late'), { type: 'ended', at: AT }))).toEqual([
      'visitor: late (failed)',
      'ended',
    ]);
  });

  it('does not come back from a lost session by itself', () => {
    const lost = after({ type: 'sessionLost', problem: aProblem() });

    expect(transition(lost, { type: 'connectionChanged', connection: 'connected' }).connection).toBe('lost');
  });

  it('keeps name and unsent words through a new chat, and nothing else', () => {
    const state = after(
      { type: 'named', visitorName: 'Ada' },
      arrived(0),
      { type: 'ended', at: AT },
      { type: 'drafted', draft: 'one more thing' },
      { type: 'reset' },
    );

    expect(state).toEqual({ ...INITIAL_STATE, visitorName: 'Ada', draft: 'one more thing' });
  });
});

it('takes what was not sent into the new chat, before what is being written', () => {
  const state = after(
    sending('first'),
    arrived(0, { key: 'first', author: 'visitor' }),
    sending('second'),
    sending('third'),
    { type: 'drafted', draft: 'fourth' },
    { type: 'sessionLost', problem: aProblem() },
    { type: 'reset' },
  );

  expect(state.draft).toBe('second\nthird\nfourth');
});

describe('what the visitor has not seen', () => {
  it('are messages of the other side since the last that was seen', () => {
    const own = arrived(1, { key: 'mine', author: 'visitor' });
    const state = after(arrived(0), own, arrived(2), { type: 'seen', index: 0 });

    expect(countUnread(state)).toBe(1);
    expect(countUnread(transition(state, { type: 'seen', index: 2 }))).toBe(0);
  });

  it('does not come back when less is said to be seen', () => {
    const state = after(arrived(0), arrived(1), { type: 'seen', index: 1 }, { type: 'seen', index: 0 });

    expect(countUnread(state)).toBe(0);
  });
});

describe('the end that the visitor asks for', () => {
  it('is under way until it is confirmed', () => {
    const ending = after({ type: 'opened' }, { type: 'ending' });

    expect(ending.isEnding).toBe(true);
    expect(transition(ending, { type: 'ended', at: AT })).toMatchObject({ phase: 'ended', isEnding: false });
  });

  it('counts although its answer was lost', () => {
    const state = after(
      { type: 'ending' },
      { type: 'ended', at: AT },
      { type: 'endFailed', problem: aProblem() },
    );

    expect(state).toMatchObject({ phase: 'ended', problem: null });
  });
});

describe('any events in any order', () => {
  const problem = aProblem();
  const anyEvent: fc.Arbitrary<ChatEvent> = fc.oneof(
    fc.nat({ max: 9 }).map((index) => arrived(index)),
    fc.constantFrom<ChatEvent>(
      { type: 'starting' },
      { type: 'startFailed', problem },
      { type: 'opened' },
      { type: 'connectionChanged', connection: 'reconnecting' },
      { type: 'connectionChanged', connection: 'connected' },
      sending('one'),
      sending('two'),
      sending('one', A_FILE),
      { type: 'attached', files: [A_FILE], problems: [] },
      { type: 'detached', key: 'file' },
      { type: 'uploading', key: 'one', progress: 0.5 },
      { type: 'cancelled', key: 'one' },
      { type: 'filesGone', key: 'two' },
      { type: 'linkChanged', key: 'file', link: 'loading' },
      { type: 'sendFailed', key: 'one' },
      arrived(10, { key: 'one', author: 'visitor' }),
      { type: 'agentJoined', agent: GRACE, at: AT },
      { type: 'agentLeft', participantSid: 'MB1', at: AT },
      { type: 'agentTyping', participantSid: 'MB1', typing: true },
      { type: 'seen', index: 4 },
      { type: 'historyChanged', history: 'more' },
      { type: 'ending' },
      { type: 'endFailed', problem },
      { type: 'rating' },
      { type: 'rated', rating: 4 },
      { type: 'rateFailed', problem },
      { type: 'sessionLost', problem },
    ),
  );

  it('keeps every message once, in its order, with what is not yet sent last', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        const messages = after(...events).items.filter((item) => item.kind === 'message');
        const indexes = messages.map(({ index }) => index ?? Infinity);
        expect(new Set(messages.map(({ key }) => key)).size).toBe(messages.length);
        expect(indexes).toEqual(indexes.toSorted((a, b) => (a === b ? 0 : a - b)));
      }),
    );
  });

  it('stays ended once it has ended', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        const harmless = events.filter(({ type }) => type !== 'starting' && type !== 'startFailed');
        const state = after({ type: 'ended', at: AT }, ...harmless);
        expect(state).toMatchObject({ phase: 'ended', connection: 'idle' });
      }),
    );
  });
});

describe('the order of the transcript', () => {
  it('puts what is not yet sent last', () => {
    expect(lines(after(sending('mine'), arrived(0)))).toEqual([
      'agent: message 0 (sent)',
      'visitor: mine (sending)',
    ]);
  });

  it('moves an own message before what is not yet sent', () => {
    const own = arrived(0, { key: 'second', author: 'visitor', body: 'second' });

    expect(lines(after(sending('first'), sending('second'), own))).toEqual([
      'visitor: second (sent)',
      'visitor: first (sending)',
    ]);
  });

  it('moves an own message behind what arrived before it', () => {
    const own = arrived(1, { key: 'mine', author: 'visitor', body: 'mine' });

    expect(lines(after(sending('mine'), arrived(0), own))).toEqual([
      'agent: message 0 (sent)',
      'visitor: mine (sent)',
    ]);
  });

  it('has who joined in the same place in whatever order the pages and the agents come', () => {
    const pages = [0, 1, 2, 3, 4, 5].map((index) => arrived(index, { at: AT + index * 1000 }));
    const joined = [
      { type: 'agentJoined', agent: GRACE, at: AT + 2500 } as const,
      { type: 'agentJoined', agent: { ...GRACE, participantSid: 'MB2' }, at: AT + 2700 } as const,
    ];
    const all: ChatEvent[] = [...pages, ...joined];

    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (events) => {
        expect(after(...events).items.map(({ at }) => at - AT)).toEqual([
          0, 1000, 2000, 2500, 2700, 3000, 4000, 5000,
        ]);
      }),
    );
  });

  it('leaves notices where they happened', () => {
    const state = after(arrived(0), { type: 'agentJoined', agent: GRACE, at: AT }, arrived(1));

    expect(lines(state)).toEqual(['agent: message 0 (sent)', 'agentJoined', 'agent: message 1 (sent)']);
  });

  it('puts who has joined before what they have said, although their name comes later', () => {
    const state = after(
      arrived(0),
      arrived(1, { at: AT + 2 }),
      { type: 'agentJoined', agent: GRACE, at: AT + 1 },
      sending('mine'),
    );

    expect(lines(state)).toEqual([
      'agent: message 0 (sent)',
      'agentJoined',
      'agent: message 1 (sent)',
      'visitor: mine (sending)',
    ]);
  });

  it('puts an earlier page before what is there', () => {
    const state = after(arrived(8), sending('mine'), arrived(6), arrived(7));

    expect(lines(state)).toEqual([
      'agent: message 6 (sent)',
      'agent: message 7 (sent)',
      'agent: message 8 (sent)',
      'visitor: mine (sending)',
    ]);
  });

  it('knows a Message by its index, whatever it is called', () => {
    expect(after(arrived(0), arrived(0, { key: 'the same' })).items).toHaveLength(1);
  });

  it('does not turn an arrived message back into one being sent', () => {
    const own = arrived(0, { key: 'mine', author: 'visitor', body: 'mine' });

    expect(lines(after(sending('mine'), own, sending('mine'), { type: 'sendFailed', key: 'mine' }))).toEqual([
      'visitor: mine (sent)',
    ]);
  });

  it('is the same whatever order and however often messages arrive', () => {
    const anyOrder = fc.array(fc.nat({ max: 30 }), { maxLength: 80 });

    fc.assert(
      fc.property(anyOrder, fc.nat({ max: 80 }), (indexes, pendingAt) => {
        const events = indexes.map((index) => arrived(index));
        const state = after(...events.toSpliced(pendingAt, 0, sending('pending')));

        const expected = [...new Set(indexes)].sort((a, b) => a - b).map((index) => `IM${index}`);
        expect(state.items.map(({ key }) => key)).toEqual([...expected, 'pending']);
      }),
    );
  });
});

function aProblem() {
  return { code: 'unreachable', retryable: true };
}
