import { Chat } from '../../../widget/chat/chat';
import type { ChatEvent } from '../../../widget/state/events';
import {
  OpenError,
  type Connector,
  type OpenConversation,
  type SessionEvent,
} from '../../../widget/transport/contract';
import { createChatStorage, type ChatStorage } from '../../../widget/transport/chat-storage';
import { FunctionsError, type FunctionsClient, type Pass } from '../../../widget/transport/functions-client';
import { BrowserStorage } from '../../support/browser-storage';
import { Passes, type PassSource } from '../../../widget/transport/passes';

/** A stand-in for Twilio and our Functions at the transport's own interface: what it was asked, and what it answers. */
class FakeTransport {
  readonly log: string[] = [];
  /** Answers in this order, then success. */
  readonly failures: Record<
    'token' | 'start' | 'renew' | 'open' | 'send' | 'earlier' | 'end' | 'rate',
    Error[]
  > = {
    token: [],
    end: [],
    rate: [],
    start: [],
    renew: [],
    open: [],
    send: [],
    earlier: [],
  };
  /** What Twilio has, by the client's own id. */
  readonly arrived = new Map<string, string>();
  /** What a start, and the opening of a Conversation, wait for. */
  starting: Promise<void> = Promise.resolve();
  opening: Promise<void> = Promise.resolve();
  /** Whose chat it is, as the start says. */
  identity = 'visitor-1';
  /** The first of each Conversation. */
  readonly ratings = new Map<string, number>();
  emit!: (event: ChatEvent | SessionEvent) => void;

  /** How many anonymous visitors there have been. */
  private visitors = 0;

  readonly functions: FunctionsClient = {
    post: () => Promise.reject(new Error('not used here')),
    issueToken: async ({ token, userToken, humanCheck }) => {
      if (token === undefined) {
        this.log.push(['token', userToken, humanCheck].filter(Boolean).join(' '));
        this.failNext('token');
        this.visitors += 1;
        return aPass(`t${this.visitors}`);
      }
      this.log.push(`renew ${token}`);
      this.failNext('renew');
      return aPass(`${token}+`);
    },
    startChat: async ({ token = 'u1', userToken, friendlyName, preChat }) => {
      const answers = Object.values(preChat ?? {});
      this.log.push(['start', friendlyName ?? 'anonymous', userToken, ...answers].filter(Boolean).join(' '));
      await this.starting;
      this.failNext('start');
      return { ...aPass(token), identity: this.identity, conversationSid: 'CH1' };
    },
    endChat: async ({ conversationSid }) => {
      this.log.push(`end ${conversationSid}`);
      this.failNext('end');
    },
    rateChat: async ({ conversationSid, rating, comment }) => {
      this.log.push(['rate', conversationSid, rating, comment].filter(Boolean).join(' '));
      this.failNext('rate');
      this.ratings.set(conversationSid, this.ratings.get(conversationSid) ?? rating);
      return { rating: this.ratings.get(conversationSid)! };
    },
    listChats: async () => [],
    claimChat: async ({ token }) => aPass(token),
  };

  /** Every client of the SDK that there has been. */
  readonly clients: { token: string; isClosed: boolean }[] = [];

  readonly connectSdk: Connector = (pass) => {
    const client = { token: pass.token, isClosed: false };
    this.clients.push(client);
    const close = async () => void (client.isClosed = true);
    return {
      identity: pass.identity,
      close,
      open: async (_conversationSid, _knownIndex, listener) => {
        this.log.push(`open with ${pass.token}`);
        await this.opening;
        try {
          this.failNext('open');
        } catch (error) {
          await close();
          throw error;
        }
        return this.opened(listener, close);
      },
    };
  };

  private opened(
    listener: (event: ChatEvent | SessionEvent) => void,
    closeClient: () => Promise<void>,
  ): OpenConversation {
    this.emit = listener;
    for (const [key, body] of this.arrived) this.confirm(key, body);
    listener({ type: 'connectionChanged', connection: 'connected' });
    return {
      send: async (body, { messageId }) => {
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
      loadEarlier: async (beforeIndex) => {
        this.log.push(`read before ${beforeIndex}`);
        this.failNext('earlier');
        listener({ type: 'historyChanged', history: 'none' });
      },
      findLink: async () => null,
      typing: () => void this.log.push('typing'),
      markRead: (index) => void this.log.push(`read ${index}`),
      updateToken: async (token) => void this.log.push(`update to ${token}`),
      close: async () => {
        this.log.push('close');
        await closeClient();
      },
    };
  }

  private confirm(key: string, body: string): void {
    const index = [...this.arrived.keys()].indexOf(key);
    const at = Date.now();
    const from = { author: 'visitor', authorKey: null, name: '' } as const;
    const message = { key, body, attachments: [], index, at, ...from };
    this.emit({ type: 'messagesArrived', messages: [message] });
  }

  private failNext(what: keyof FakeTransport['failures']): void {
    const failure = this.failures[what].shift();
    if (failure) throw failure;
  }
}

/** One browser: what it stores outlives its pages. */
class Browser {
  readonly site = new BrowserStorage();

  aTab() {
    const tab = new BrowserStorage();
    return createChatStorage(
      'chat',
      () => this.site,
      () => tab,
    );
  }
}

const OUTAGE = new FunctionsError('unreachable', true);
const OUTAGE_PROBLEM = { code: 'unreachable', retryable: true };
const REFUSAL = new FunctionsError('session_ended', false);

function inAnHour(): string {
  return new Date(Date.now() + 3_600_000).toISOString();
}

function aPass(token: string): Pass {
  return { token, identity: 'visitor-1', expiresAt: inAnHour() };
}

describe('the chat', () => {
  let transport: FakeTransport;
  let browser: Browser;
  let tab: ChatStorage;
  let waits: number[];

  function aChat(source: PassSource = {}, storage = tab): Chat {
    const { functions, connectSdk } = transport;
    const wait = async (delayMs: number): Promise<void> => void waits.push(delayMs);
    const passes = new Passes(functions, storage, source);
    return new Chat({ functions, connectSdk, storage, passes, wait, limits: null });
  }

  const bodies = (chat: Chat) =>
    chat.state.items.map((item) => (item.kind === 'message' ? `${item.body} (${item.status})` : item.notice));

  beforeEach(() => {
    transport = new FakeTransport();
    browser = new Browser();
    tab = browser.aTab();
    waits = [];
  });

  it('starts with the first message, and sends it once the Conversation is open', async () => {
    const chat = aChat();
    chat.name('Ada L.');

    await chat.send(' hello ');

    expect(transport.log).toEqual(['token', 'start Ada L.', 'open with t1', 'send hello']);
    expect(bodies(chat)).toEqual(['hello (sent)']);
    expect(chat.state).toMatchObject({ phase: 'open', connection: 'connected', draft: '' });
  });

  it('has calls that work without their `this`, as React calls them', async () => {
    const { subscribe, name, draft, send } = aChat();
    const drafts: string[] = [];

    const stop = subscribe((now) => drafts.push(now.draft));
    draft('hel');
    stop();
    name('Ada L.');
    await send('hello');

    expect(drafts).toEqual(['', 'hel']);
    expect(transport.log).toContain('send hello');
    // All of them: what is a method needs its `this`.
    expect(Object.getOwnPropertyNames(Chat.prototype)).toEqual(['constructor', 'state', 'limits']);
  });

  it('sends what was written during the start in its order, and starts only once', async () => {
    const chat = aChat();

    await Promise.all([chat.send('one'), chat.send('two')]);

    expect(transport.log).toEqual(['token', 'start anonymous', 'open with t1', 'send one', 'send two']);
  });

  it('does nothing for an empty message', async () => {
    await aChat().send('  \n ');

    expect(transport.log).toEqual([]);
  });

  it('says that the start failed, and starts again on retry', async () => {
    transport.failures.start.push(OUTAGE);
    const chat = aChat();

    await chat.send('hello');
    expect(chat.state).toMatchObject({
      phase: 'new',
      problem: { code: 'unreachable', retryable: true },
    });
    await chat.retry(chat.state.items[0]!.key);

    expect(bodies(chat)).toEqual(['hello (sent)']);
    expect(transport.log.filter((line) => line.startsWith('start'))).toHaveLength(2);
  });

  it('offers to send again what failed, and looks first whether it has arrived', async () => {
    const chat = aChat();
    await chat.send('hello');
    transport.failures.send.push(new Error('lost'));
    await chat.send('again');
    const { key } = chat.state.items[1]!;
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
    transport.emit({ type: 'connectionChanged', connection: 'reconnecting' });
    await chat.send('lost');
    await chat.send('answer lost');
    expect(bodies(chat)).toEqual(['hello (sent)', 'lost (sending)', 'answer lost (sending)']);
    transport.arrived.set(chat.state.items[2]!.key, 'answer lost');

    transport.emit({ type: 'connectionChanged', connection: 'connected' });
    await settled();

    expect(bodies(chat).toSorted()).toEqual(['answer lost (sent)', 'hello (sent)', 'lost (sent)']);
    expect(transport.log.filter((line) => line === 'send answer lost')).toHaveLength(1);
  });

  it('keeps opening the Conversation through an outage, ever more slowly', async () => {
    // The first is the client that connected during the start: no delay follows its failure.
    transport.failures.open.push(...Array.from({ length: 8 }, () => new OpenError('unreachable')));
    const chat = aChat();

    await chat.send('hello');

    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    expect(bodies(chat)).toEqual(['hello (sent)']);
  });

  it('says that the Conversation is gone, and starts a new one on request', async () => {
    transport.failures.open.push(new OpenError('gone'), new OpenError('gone'));
    const chat = aChat();
    await chat.send('hello');
    expect(chat.state).toMatchObject({ connection: 'lost', problem: { code: 'gone' } });

    chat.startOver();
    await chat.send('hello again');

    expect(bodies(chat)).toEqual(['hello again (sent)']);
  });

  it('renews the token before it expires, on the same connection', async () => {
    const chat = aChat();
    await chat.send('hello');

    transport.emit({ type: 'tokenAboutToExpire' });
    await settled();

    expect(transport.log.slice(-2)).toEqual(['renew t1', 'update to t1+']);
  });

  it('comes back with a new token after the old one was refused', async () => {
    const chat = aChat();
    await chat.send('hello');
    transport.failures.renew.push(OUTAGE);

    transport.emit({ type: 'tokenRejected' });
    await settled();
    await chat.send('still here');

    expect(transport.log.slice(4)).toEqual([
      'close',
      'renew t1',
      'renew t1',
      'open with t1+',
      'send still here',
    ]);
    expect(chat.state.connection).toBe('connected');
  });

  it('says so when the session cannot be renewed, and keeps the words', async () => {
    const chat = aChat();
    await chat.send('hello');
    chat.draft('half a sen');
    transport.failures.renew.push(REFUSAL);

    transport.emit({ type: 'tokenRejected' });
    await settled();

    expect(chat.state).toMatchObject({ connection: 'lost', problem: { code: 'session_ended' } });
    expect(chat.state.draft).toBe('half a sen');
    expect(tab.readSite().conversationSid).toBeNull();
    chat.startOver();
    await chat.send('hello again');
    expect(transport.log.slice(-4)).toEqual(['token', 'start anonymous', 'open with t2', 'send hello again']);
  });

  it('tells the agent of typing, not of an emptied composer', async () => {
    const chat = aChat();
    await chat.send('hello');

    chat.draft('a');
    chat.draft('');

    expect(transport.log.filter((line) => line === 'typing')).toHaveLength(1);
  });

  it('gives up when Twilio refuses fresh tokens too', async () => {
    transport.failures.open.push(...Array.from({ length: 9 }, () => new OpenError('rejected')));
    const chat = aChat();

    await chat.send('hello');

    expect(transport.log.filter((line) => line.startsWith('open'))).toEqual([
      'open with t1',
      'open with t1',
      'open with t1+',
      'open with t1++',
    ]);
    expect(chat.state).toMatchObject({ connection: 'lost', problem: { code: 'rejected' } });
  });

  it('continues after a reload with the same session, draft and name', async () => {
    const before = aChat();
    before.name('Ada');
    await before.send('hello');
    before.draft('half a sen');

    const chat = aChat();
    await chat.resume();

    expect(transport.log.slice(4)).toEqual(['typing', 'open with t1']);
    expect(bodies(chat)).toEqual(['hello (sent)']);
    expect(chat.state).toMatchObject({ phase: 'open', draft: 'half a sen', visitorName: 'Ada' });
  });

  it('sends after a reload what was on its way, unless it has arrived', async () => {
    const before = aChat();
    await before.send('hello');
    transport.failures.send.push(new Error('lost'), new Error('lost'));
    await before.send('lost');
    await before.send('answer lost');
    transport.arrived.set(before.state.items[2]!.key, 'answer lost');

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

    expect(chat.state).toMatchObject({ phase: 'new', draft: 'hello', items: [] });
  });

  it('renews a token that expired while the page was closed', async () => {
    tab.writeSite({
      pass: { ...aPass('t1'), expiresAt: new Date(Date.now() - 1000).toISOString() },
      conversationSid: 'CH1',
      visitorName: '',
    });

    await aChat().resume();

    expect(transport.log).toEqual(['renew t1', 'open with t1+']);
  });

  it('hears nothing of an earlier chat after a new one has begun', async () => {
    const chat = aChat();
    await chat.send('hello');
    const tellOld = transport.emit;

    chat.startOver();
    tellOld({ type: 'ended', at: Date.now() });

    expect(chat.state).toMatchObject({ phase: 'new', items: [] });
    expect(transport.log.at(-1)).toBe('close');
    expect(tab.readSite().conversationSid).toBeNull();
  });

  it('asks for one token however often it is prepared, and starts with it', async () => {
    const chat = aChat();

    await Promise.all([chat.prepare(), chat.prepare(), chat.send('hello')]);

    expect(transport.log).toEqual(['token', 'start anonymous', 'open with t1', 'send hello']);
  });

  it('starts again as the same visitor after the answer to a start was lost', async () => {
    transport.failures.start.push(OUTAGE);
    await aChat().send('hello');

    const reloaded = aChat();
    await reloaded.resume();
    await reloaded.send('hello');

    expect(transport.log.filter((line) => line === 'token')).toHaveLength(1);
  });

  it('is the same visitor in a second tab, and continues the same Conversation', async () => {
    await aChat().send('hello');

    const second = aChat({}, browser.aTab());
    await second.resume();

    expect(transport.log.slice(4)).toEqual(['open with t1']);
    expect(bodies(second)).toEqual(['hello (sent)']);
  });

  it('does not take from one tab what another has begun', async () => {
    const idle = aChat({}, browser.aTab());
    await idle.resume();
    await aChat().send('hello');

    idle.draft('hm');

    expect(browser.aTab().readSite().conversationSid).toBe('CH1');
  });

  describe('connects while the start runs', () => {
    let release: () => void;
    const open = () => transport.clients.filter(({ isClosed }) => !isClosed);

    beforeEach(() => {
      transport.starting = new Promise((resolve) => (release = resolve));
    });

    it('with the current pass, and keeps that client', async () => {
      const chat = aChat();
      const sent = chat.send('hello');
      await settled();
      expect(transport.clients).toEqual([{ token: 't1', isClosed: false }]);

      release();
      await sent;

      expect(transport.clients).toEqual([{ token: 't1', isClosed: false }]);
      expect(bodies(chat)).toEqual(['hello (sent)']);
    });

    it('not before the visitor starts', async () => {
      await aChat().prepare();

      expect(transport.clients).toEqual([]);
    });

    it('and with another client if the chat belongs to another visitor', async () => {
      transport.identity = 'visitor-2';
      const chat = aChat();

      const sent = chat.send('hello');
      release();
      await sent;

      expect(transport.clients.map(({ isClosed }) => isClosed)).toEqual([true, false]);
      expect(bodies(chat)).toEqual(['hello (sent)']);
    });

    it.each(['unreachable', 'rejected', 'gone'] as const)(
      'and loses nothing, no time either, where that fails (%s)',
      async (code) => {
        transport.failures.open.push(new OpenError(code));
        const chat = aChat();

        const sent = chat.send('hello');
        release();
        await sent;

        expect(open()).toHaveLength(1);
        expect(waits).toEqual([]);
        expect(transport.log.filter((line) => line.startsWith('renew'))).toEqual([]);
        expect(chat.state).toMatchObject({ phase: 'open', connection: 'connected' });
        expect(bodies(chat)).toEqual(['hello (sent)']);
      },
    );

    it('and leaves no client behind a start that fails', async () => {
      transport.failures.start.push(OUTAGE);
      const chat = aChat();

      const sent = chat.send('hello');
      release();
      await sent;

      expect(transport.clients).toEqual([{ token: 't1', isClosed: true }]);
    });

    it('once for each attempt to start', async () => {
      transport.failures.start.push(new FunctionsError('too_many_starts', true, { retryAfterMs: 7_000 }));
      const chat = aChat();

      const sent = chat.send('hello');
      release();
      await sent;

      expect(transport.clients.map(({ isClosed }) => isClosed)).toEqual([true, false]);
    });

    it.each(['startOver', 'forget', 'destroy'] as const)('and closes the client at %s', async (leave) => {
      const chat = aChat();
      const sent = chat.send('hello');
      await settled();

      chat[leave]();
      expect(open()).toEqual([]);
      release();
      await sent;

      expect(transport.clients).toHaveLength(1);
      expect(transport.log.filter((line) => line.startsWith('open'))).toEqual([]);
    });

    it.each(['startOver', 'forget', 'destroy'] as const)(
      'and closes the client at %s while the Conversation is opened, too',
      async (leave) => {
        let opened!: () => void;
        transport.opening = new Promise((resolve) => (opened = resolve));
        const chat = aChat();
        const sent = chat.send('hello');
        release();
        await settled();
        expect(transport.log.at(-1)).toBe('open with t1');

        chat[leave]();
        expect(open()).toEqual([]);
        opened();
        await sent;

        expect(transport.clients).toHaveLength(1);
        expect(chat.state.phase).not.toBe('open');
      },
    );
  });

  it('stores nothing after it is destroyed, although an answer comes late', async () => {
    let answer!: () => void;
    const late = new Promise<void>((resolve) => (answer = resolve));
    transport.functions.issueToken = async () => {
      await late;
      return { ...aPass('t1'), maxMessageChars: 100 };
    };
    const chat = aChat();
    chat.draft('typed before the sign-in');
    const prepared = chat.prepare();

    chat.destroy();
    expect(tab.takeAnonymousTab().draft).toBe('typed before the sign-in');
    answer();
    await prepared;

    expect(tab.takeAnonymousTab().draft).toBe('');
  });

  it('starts as a new visitor when the stored token is no longer accepted', async () => {
    tab.writeSite({ pass: aPass('old'), conversationSid: null, visitorName: '' });
    transport.failures.start.push(REFUSAL);
    const chat = aChat();

    await chat.send('hello');

    expect(transport.log).toEqual([
      'start anonymous',
      'token',
      'start anonymous',
      'open with t1',
      'send hello',
    ]);
  });

  it('sends a new userToken each time for a signed-in user, and stores no pass for them', async () => {
    let asked = 0;
    const chat = aChat({ userToken: () => `signed${++asked}` });

    await chat.send('hello');
    transport.emit({ type: 'tokenAboutToExpire' });
    await settled();

    expect(transport.log).toEqual([
      'start anonymous signed1',
      'open with u1',
      'send hello',
      'token signed2',
      'update to t1',
    ]);
    expect(tab.readSite().pass).toBeNull();
  });

  it('brings the answer of the human check with a new visitor, and never again', async () => {
    const chat = aChat({ humanCheck: async () => 'human' });

    await chat.send('hello');
    transport.emit({ type: 'tokenAboutToExpire' });
    await settled();

    expect(transport.log.filter((line) => line.includes('human'))).toEqual(['token human']);
  });

  it('leaves a failed message to the visitor when the connection comes back', async () => {
    const chat = aChat();
    await chat.send('hello');
    transport.failures.send.push(new Error('refused'));
    await chat.send('refused');

    transport.emit({ type: 'connectionChanged', connection: 'reconnecting' });
    transport.emit({ type: 'connectionChanged', connection: 'connected' });
    await settled();

    expect(transport.log.filter((line) => line === 'send refused')).toHaveLength(1);
    expect(bodies(chat)).toEqual(['hello (sent)', 'refused (failed)']);
  });

  it('stops starting by itself after the third time', async () => {
    const busy = new FunctionsError('twilio_unavailable', true, { retryAfterMs: 1000 });
    transport.failures.start.push(busy, busy, busy);
    const chat = aChat();

    await chat.send('hello');

    expect(transport.log.filter((line) => line.startsWith('start'))).toHaveLength(3);
    expect(chat.state).toMatchObject({ phase: 'new', problem: { code: 'twilio_unavailable' } });
  });

  it('waits for `Retry-After` and starts again by itself', async () => {
    transport.failures.start.push(new FunctionsError('too_many_starts', true, { retryAfterMs: 7_000 }));
    const chat = aChat();

    await chat.send('hello');

    expect(waits).toEqual([7_000]);
    expect(bodies(chat)).toEqual(['hello (sent)']);
  });

  it('leaves the retry to the visitor if the wait is long, or outside operating hours', async () => {
    transport.failures.start.push(
      new FunctionsError('twilio_unavailable', true, { retryAfterMs: 600_000 }),
      new FunctionsError('closed_now', false, { opensAt: '2026-11-24T09:00:00+01:00' }),
    );
    const chat = aChat();

    await chat.send('hello');
    expect(chat.state.problem).toEqual({ code: 'twilio_unavailable', retryable: true });
    await chat.retry(chat.state.items[0]!.key);

    expect(chat.state.problem).toEqual({
      code: 'closed_now',
      retryable: false,
      opensAt: '2026-11-24T09:00:00+01:00',
    });
    expect(waits).toEqual([]);
  });

  it('ends the chat for the visitor', async () => {
    const chat = aChat();
    await chat.send('hello');

    await chat.end();

    expect(transport.log.at(-1)).toBe('end CH1');
    expect(chat.state).toMatchObject({ phase: 'ended', isEnding: false });
  });

  it('says that the end did not work, and ends on another try', async () => {
    transport.failures.end.push(OUTAGE);
    const chat = aChat();
    await chat.send('hello');

    await chat.end();
    expect(chat.state).toMatchObject({ phase: 'open', isEnding: false, problem: OUTAGE_PROBLEM });
    await chat.end();

    expect(chat.state).toMatchObject({ phase: 'ended', problem: null });
  });

  it('passes on what the visitor thinks of the chat, once', async () => {
    const chat = aChat();
    await chat.send('hello');
    await chat.end();

    await Promise.all([chat.rate(4, ' kind '), chat.rate(1)]);
    await chat.rate(2);

    expect(transport.log.slice(5)).toEqual(['rate CH1 4 kind']);
    expect(chat.state).toMatchObject({ rating: 4, isRating: false, problem: null });
  });

  it('says that the rating could not be kept, and keeps it on another try', async () => {
    transport.failures.rate.push(OUTAGE);
    const chat = aChat();
    await chat.send('hello');
    await chat.end();

    await chat.rate(4);
    expect(chat.state).toMatchObject({ rating: null, isRating: false, problem: OUTAGE_PROBLEM });
    await chat.rate(4);

    expect(chat.state).toMatchObject({ rating: 4, problem: null });
  });

  it('shows which rating stands where another tab was faster', async () => {
    const chat = aChat();
    await chat.send('hello');
    transport.ratings.set('CH1', 5);

    await chat.rate(1);

    expect(chat.state.rating).toBe(5);
  });

  it('does not ask for the rating again after a reload, but for that of the next chat', async () => {
    const before = aChat();
    await before.send('hello');
    await before.rate(4);

    const chat = aChat();
    await chat.resume();
    expect(chat.state.rating).toBe(4);
    chat.startOver();
    await chat.send('hello again');

    expect(chat.state.rating).toBeNull();
    expect(tab.readSite().rating).toBeNull();
  });

  it('does not take the rating of an old chat for that of a new one in another tab', async () => {
    const old = aChat();
    await old.send('hello');
    browser.aTab().writeSite({ ...tab.readSite(), conversationSid: 'CH2', rating: null });

    await old.rate(4);

    expect(old.state.rating).toBe(4);
    expect(tab.readSite().rating).toBeNull();
  });

  it('has nothing to rate before there is a chat', async () => {
    const chat = aChat();

    await chat.rate(4);

    expect(transport.log).toEqual([]);
    expect(chat.state.rating).toBeNull();
  });

  it('reads earlier messages once, when there are any', async () => {
    const chat = aChat();
    await chat.send('hello');
    await chat.loadEarlier();
    transport.emit({ type: 'historyChanged', history: 'more' });

    await Promise.all([chat.loadEarlier(), chat.loadEarlier()]);

    expect(transport.log.slice(4)).toEqual(['read before 0']);
    expect(chat.state.history).toBe('none');
  });

  it('offers earlier messages again when they could not be read', async () => {
    const chat = aChat();
    await chat.send('hello');
    transport.emit({ type: 'historyChanged', history: 'more' });
    transport.failures.earlier.push(new Error('no answer'));

    await chat.loadEarlier();

    expect(chat.state.history).toBe('more');
  });

  it('leaves no data of the visitor behind after `forget`', async () => {
    const chat = aChat();
    chat.name('Ada');
    await chat.send('hello');
    transport.failures.send.push(new Error('refused'));
    await chat.send('not sent');
    chat.draft('half a sen');

    chat.forget();

    expect(chat.state).toMatchObject({ phase: 'new', visitorName: '', draft: '', items: [] });
    expect(browser.site.getItem('chat')).toBeNull();
    await chat.send('I am Grace');
    expect(transport.log.slice(-4)).toEqual(['token', 'start anonymous', 'open with t2', 'send I am Grace']);
  });

  it("starts no chat with another visitor's answers after `forget`", async () => {
    const chat = aChat();
    await chat.start({ preChat: { order: "Ada's order" } });

    chat.forget();
    await chat.send('I am Grace');

    expect(transport.log).toContain("start anonymous Ada's order");
    expect(transport.log.slice(-4)).toEqual(['token', 'start anonymous', 'open with t2', 'send I am Grace']);
  });

  it("starts no chat with another user's answers, once the site says who is there now", async () => {
    const tokenOf = (sub: string) => `x.${btoa(JSON.stringify({ sub }))}.x`;
    let user = 'ada';
    const chat = aChat({ userToken: () => tokenOf(user) });
    await chat.start({ preChat: { order: "Ada's order" } });

    user = 'grace';
    transport.emit({ type: 'tokenAboutToExpire' });
    // Hashing whose a token is takes another thread.
    while (chat.state.phase !== 'new') await settled();
    await chat.send('I am Grace');

    expect(transport.log).toContain(`start anonymous ${tokenOf('ada')} Ada's order`);
    expect(transport.log).toContain(`start anonymous ${tokenOf('grace')}`);
  });
});

/** Everything in the fakes is settled promises: one turn of the event loop sees them all through. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
