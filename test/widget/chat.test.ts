import { Chat } from '../../widget/chat';
import type { ChatEvent } from '../../widget/state/events';
import {
  OpenError,
  type ConversationOpener,
  type SessionEvent,
} from '../../widget/transport/conversations-client';
import { FunctionsError, type FunctionsClient, type Session } from '../../widget/transport/functions-client';
import { createSessionStorage } from '../../widget/transport/session-storage';

/** A stand-in for Twilio and our Functions at the transport's own interface: what it was asked, and what it answers. */
class FakeTransport {
  readonly log: string[] = [];
  /** Answers in this order, then success. */
  readonly failures: { start: Error[]; renew: Error[]; open: Error[]; send: Error[] } = {
    start: [],
    renew: [],
    open: [],
    send: [],
  };
  /** What Twilio has, by the client's own id. */
  readonly arrived = new Map<string, string>();
  tell!: (event: ChatEvent | SessionEvent) => void;

  readonly functions: FunctionsClient = {
    startChat: async ({ friendlyName }) => {
      this.log.push(`start ${friendlyName ?? 'anonymous'}`);
      this.failNext('start');
      return aSession();
    },
    renewToken: async (token) => {
      this.log.push(`renew ${token}`);
      this.failNext('renew');
      return { token: `${token}+`, expiresAt: inAnHour() };
    },
  };

  readonly open: ConversationOpener = async (session, listener) => {
    this.log.push(`open with ${session.token}`);
    this.failNext('open');
    this.tell = listener;
    for (const [key, body] of this.arrived) this.confirm(key, body);
    listener({ type: 'connectionChanged', connection: 'connected' });
    return {
      send: async (body, messageId) => {
        this.log.push(`send ${body}`);
        this.failNext('send');
        this.arrived.set(messageId, body);
        this.confirm(messageId, body);
      },
      wasSent: async (messageId) => {
        this.log.push('look');
        const body = this.arrived.get(messageId);
        if (body !== undefined) this.confirm(messageId, body);
        return body !== undefined;
      },
      typing: () => void this.log.push('typing'),
      markRead: (index) => void this.log.push(`read ${index}`),
      updateToken: async (token) => void this.log.push(`update to ${token}`),
      close: async () => void this.log.push('close'),
    };
  };

  private confirm(key: string, body: string): void {
    const index = [...this.arrived.keys()].indexOf(key);
    const message = { key, body, index, author: 'visitor', authorIdentity: null, at: Date.now() } as const;
    this.tell({ type: 'messageArrived', message });
  }

  private failNext(what: keyof FakeTransport['failures']): void {
    const failure = this.failures[what].shift();
    if (failure) throw failure;
  }
}

/** One browser tab: what it stores outlives its pages. */
class Tab {
  private readonly values = new Map<string, string>();
  readonly storage = createSessionStorage(() => ({
    getItem: (key) => this.values.get(key) ?? null,
    setItem: (key, value) => void this.values.set(key, value),
  }));
}

const OUTAGE = new FunctionsError('unreachable', true);
const REFUSAL = new FunctionsError('session_expired', false);

function inAnHour(): string {
  return new Date(Date.now() + 3_600_000).toISOString();
}

function aSession(): Session {
  return { token: 't1', identity: 'visitor-1', expiresAt: inAnHour(), conversationSid: 'CH1' };
}

describe('the chat', () => {
  let transport: FakeTransport;
  let tab: Tab;
  let waits: number[];

  function aChat(): Chat {
    const { functions, open } = transport;
    const wait = async (delayMs: number): Promise<void> => void waits.push(delayMs);
    return new Chat({ functions, openConversation: open, storage: tab.storage, wait });
  }

  const bodies = (chat: Chat) =>
    chat.store.state.items.map((item) =>
      item.kind === 'message' ? `${item.body} (${item.status})` : item.notice,
    );

  beforeEach(() => {
    transport = new FakeTransport();
    tab = new Tab();
    waits = [];
  });

  it('starts with the first message, and sends it once the Conversation is open', async () => {
    const chat = aChat();
    chat.name('Ada L.');

    await chat.send(' hello ');

    expect(transport.log).toEqual(['start Ada L.', 'open with t1', 'send hello']);
    expect(bodies(chat)).toEqual(['hello (sent)']);
    expect(chat.store.state).toMatchObject({ phase: 'open', connection: 'connected', draft: '' });
  });

  it('sends what was written during the start in its order, and starts only once', async () => {
    const chat = aChat();

    await Promise.all([chat.send('one'), chat.send('two')]);

    expect(transport.log).toEqual(['start anonymous', 'open with t1', 'send one', 'send two']);
  });

  it('does nothing for an empty message', async () => {
    await aChat().send('  \n ');

    expect(transport.log).toEqual([]);
  });

  it('says that the start failed, and starts again on retry', async () => {
    transport.failures.start.push(OUTAGE);
    const chat = aChat();

    await chat.send('hello');
    expect(chat.store.state).toMatchObject({
      phase: 'new',
      problem: { code: 'unreachable', retryable: true },
    });
    await chat.retry(chat.store.state.items[0]!.key);

    expect(bodies(chat)).toEqual(['hello (sent)']);
    expect(transport.log.filter((line) => line.startsWith('start'))).toHaveLength(2);
  });

  it('offers to send again what failed, and looks first whether it has arrived', async () => {
    const chat = aChat();
    await chat.send('hello');
    transport.failures.send.push(new Error('lost'));
    await chat.send('again');
    const { key } = chat.store.state.items[1]!;
    expect(bodies(chat)).toEqual(['hello (sent)', 'again (failed)']);
    // The answer was lost, not the message.
    transport.arrived.set(key, 'again');

    await chat.retry(key);

    expect(bodies(chat)).toEqual(['hello (sent)', 'again (sent)']);
    expect(transport.log.filter((line) => line === 'send again')).toHaveLength(1);
  });

  it('sends by itself what the connection cut off, unless it has arrived', async () => {
    const chat = aChat();
    await chat.send('hello');
    transport.failures.send.push(new Error('cut off'), new Error('cut off'));
    transport.tell({ type: 'connectionChanged', connection: 'reconnecting' });
    await chat.send('lost');
    await chat.send('answer lost');
    expect(bodies(chat)).toEqual(['hello (sent)', 'lost (sending)', 'answer lost (sending)']);
    transport.arrived.set(chat.store.state.items[2]!.key, 'answer lost');

    transport.tell({ type: 'connectionChanged', connection: 'connected' });
    await settled();

    expect(bodies(chat).toSorted()).toEqual(['answer lost (sent)', 'hello (sent)', 'lost (sent)']);
    expect(transport.log.filter((line) => line === 'send answer lost')).toHaveLength(1);
  });

  it('keeps opening the Conversation through an outage, ever more slowly', async () => {
    transport.failures.open.push(...Array.from({ length: 7 }, () => new OpenError('unreachable')));
    const chat = aChat();

    await chat.send('hello');

    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    expect(bodies(chat)).toEqual(['hello (sent)']);
  });

  it('says that the Conversation is gone, and starts a new one on request', async () => {
    transport.failures.open.push(new OpenError('gone'));
    const chat = aChat();
    await chat.send('hello');
    expect(chat.store.state).toMatchObject({ connection: 'lost', problem: { code: 'gone' } });

    chat.startOver();
    await chat.send('hello again');

    expect(bodies(chat)).toEqual(['hello again (sent)']);
  });

  it('renews the token before it expires, on the same connection', async () => {
    const chat = aChat();
    await chat.send('hello');

    transport.tell({ type: 'tokenAboutToExpire' });
    await settled();

    expect(transport.log.slice(-2)).toEqual(['renew t1', 'update to t1+']);
  });

  it('comes back with a new token after the old one was refused', async () => {
    const chat = aChat();
    await chat.send('hello');
    transport.failures.renew.push(OUTAGE);

    transport.tell({ type: 'tokenRejected' });
    await settled();
    await chat.send('still here');

    expect(transport.log.slice(3)).toEqual([
      'close',
      'renew t1',
      'renew t1',
      'open with t1+',
      'send still here',
    ]);
    expect(chat.store.state.connection).toBe('connected');
  });

  it('says so when the session cannot be renewed, and keeps the words', async () => {
    const chat = aChat();
    await chat.send('hello');
    chat.draft('half a sen');
    transport.failures.renew.push(REFUSAL);

    transport.tell({ type: 'tokenRejected' });
    await settled();

    expect(chat.store.state).toMatchObject({ connection: 'lost', problem: { code: 'session_expired' } });
    expect(chat.store.state.draft).toBe('half a sen');
  });

  it('gives up when Twilio refuses fresh tokens too', async () => {
    transport.failures.open.push(...Array.from({ length: 9 }, () => new OpenError('rejected')));
    const chat = aChat();

    await chat.send('hello');

    expect(transport.log.filter((line) => line.startsWith('open'))).toEqual([
      'open with t1',
      'open with t1+',
      'open with t1++',
    ]);
    expect(chat.store.state).toMatchObject({ connection: 'lost', problem: { code: 'rejected' } });
  });

  it('goes on after a reload with the same session, words and name', async () => {
    const before = aChat();
    before.name('Ada');
    await before.send('hello');
    before.draft('half a sen');

    const chat = aChat();
    await chat.resume();

    expect(transport.log.slice(3)).toEqual(['typing', 'open with t1']);
    expect(bodies(chat)).toEqual(['hello (sent)']);
    expect(chat.store.state).toMatchObject({ phase: 'open', draft: 'half a sen', visitorName: 'Ada' });
  });

  it('sends after a reload what was on its way, unless it has arrived', async () => {
    const before = aChat();
    await before.send('hello');
    transport.failures.send.push(new Error('lost'), new Error('lost'));
    await before.send('lost');
    await before.send('answer lost');
    transport.arrived.set(before.store.state.items[2]!.key, 'answer lost');

    const chat = aChat();
    await chat.resume();

    expect(bodies(chat).toSorted()).toEqual(['answer lost (sent)', 'hello (sent)', 'lost (sent)']);
    expect(transport.log.filter((line) => line === 'send answer lost')).toHaveLength(1);
  });

  it('puts words back into the composer that a reload caught before there was a Conversation', async () => {
    transport.failures.start.push(OUTAGE);
    await aChat().send('hello');

    const chat = aChat();
    await chat.resume();

    expect(chat.store.state).toMatchObject({ phase: 'new', draft: 'hello', items: [] });
  });

  it('renews a token that expired while the page was closed', async () => {
    tab.storage.write({
      session: { ...aSession(), expiresAt: new Date(Date.now() - 1000).toISOString() },
      visitorName: '',
      draft: '',
      unsent: [],
    });

    await aChat().resume();

    expect(transport.log).toEqual(['renew t1', 'open with t1+']);
  });

  it('hears nothing of an earlier chat after a new one has begun', async () => {
    const chat = aChat();
    await chat.send('hello');
    const tellOld = transport.tell;

    chat.startOver();
    tellOld({ type: 'ended', at: Date.now() });

    expect(chat.store.state).toMatchObject({ phase: 'new', items: [] });
    expect(transport.log.at(-1)).toBe('close');
    expect(tab.storage.read()!.session).toBeNull();
  });
});

/** Everything in the fakes is settled promises: one turn of the event loop sees them all through. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
