import { Chat } from '../../../widget/chat/chat';
import { FLEX_LIMITS } from '../../../widget/state/attachments';
import type { ChatEvent } from '../../../widget/state/events';
import type { AttachmentLimits } from '../../../widget/state/model';
import type { Upload } from '../../../widget/transport/attachments';
import { BrowserStorage } from '../../support/browser-storage';
import { createChatStorage, type ChatStorage } from '../../../widget/transport/chat-storage';
import type { SdkConnection, SessionEvent } from '../../../widget/transport/contract';
import { Passes } from '../../../widget/transport/passes';

/** Twilio, at the transport's own interface: a send ends when the test says so. */
class FakeTwilio {
  readonly log: string[] = [];
  readonly sends: { key: string; upload: Upload | undefined; settle: (error?: Error) => void }[] = [];
  readonly arrived = new Set<string>();
  /** What has arrived, when the Conversation is opened; else only to those who look. */
  tellsAtOnce = true;
  links: (string | null)[] = [];
  emit!: (event: ChatEvent | SessionEvent) => void;

  readonly open: SdkConnection['open'] = async (_conversationSid, _knownIndex, listener) => {
    this.emit = listener;
    this.log.push('open');
    if (this.tellsAtOnce) for (const key of this.arrived) this.confirm(key);
    listener({ type: 'connectionChanged', connection: 'connected' });
    return {
      send: (body, { messageId: key }, upload) => {
        const names = upload?.files.map(({ name }) => name) ?? [];
        this.log.push(['send', body, ...names].filter(Boolean).join(' '));
        return new Promise((resolve, reject) => {
          const settle = (error?: Error): void => {
            if (error) return reject(error);
            this.confirm(key);
            resolve();
          };
          upload?.signal.addEventListener('abort', () => {
            this.log.push('abort');
            reject(new Error('Promise was cancelled'));
          });
          this.sends.push({ key, upload, settle });
        });
      },
      wasSent: async (key) => {
        this.log.push('look');
        if (this.arrived.has(key)) this.confirm(key);
        return this.arrived.has(key);
      },
      findLink: async (sid) => {
        this.log.push(`link ${sid}`);
        const url = this.links.shift() ?? null;
        return url === null ? null : { url, until: 1 };
      },
      loadEarlier: async () => undefined,
      typing: () => undefined,
      markRead: () => undefined,
      updateToken: async () => undefined,
      close: async () => undefined,
    };
  };

  confirm(key: string): void {
    this.arrived.add(key);
    const index = [...this.arrived].indexOf(key);
    const attachments = [{ key: `ME${index}`, name: 'a.png', type: 'image/png', size: 3, link: null }];
    const from = { author: 'visitor', authorKey: null, name: '' } as const;
    const message = { key, body: key, attachments, index, at: 0, ...from };
    this.emit({ type: 'messagesArrived', messages: [message] });
  }
}

function aFile(name = 'a.png', type = 'image/png'): File {
  return new File(['abc'], name, { type });
}

describe('a chat with files', () => {
  let twilio: FakeTwilio;
  let storage: ChatStorage;
  const PASS = {
    token: 't',
    identity: 'visitor-1',
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  };

  function aChat(limits: AttachmentLimits | null = FLEX_LIMITS): Chat {
    const functions = {
      issueToken: async () => PASS,
      startChat: async () => ({ ...PASS, conversationSid: 'CH1' }),
      endChat: async () => undefined,
      rateChat: async () => ({ rating: 1 }),
    };
    const passes = new Passes(functions, storage);
    return new Chat({
      functions,
      connectSdk: ({ identity }) => ({ identity, open: twilio.open, close: async () => undefined }),
      storage,
      passes,
      wait: async () => undefined,
      limits,
    });
  }

  async function settled(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** With a message and its file on their way. */
  async function sendingChat(): Promise<Chat> {
    const chat = aChat();
    await chat.start();
    chat.attach([aFile()]);
    void chat.send('look');
    await settled();
    return chat;
  }

  const statuses = ({ state }: Chat) =>
    state.items.map((item) => (item.kind === 'message' ? item.status : item.notice));
  const waiting = ({ state }: Chat) => state.files.map(({ name }) => name);
  const keyOf = ({ state }: Chat) => state.items[0]!.key;

  beforeEach(() => {
    twilio = new FakeTwilio();
    const [site, tab] = [new BrowserStorage(), new BrowserStorage()];
    storage = createChatStorage(
      'chat',
      () => site,
      () => tab,
    );
  });

  it('sends words and files as one message, once the Conversation is open', async () => {
    const chat = aChat();
    chat.attach([aFile('a.png'), aFile('b.png')]);

    void chat.send('look');
    await settled();

    expect(twilio.log).toEqual(['open', 'send look a.png b.png']);
    expect(waiting(chat)).toEqual([]);
  });

  it('sends files without words', async () => {
    const chat = aChat();
    chat.attach([aFile()]);

    void chat.send(' ');
    await settled();

    expect(twilio.log).toEqual(['open', 'send a.png']);
  });

  it('shows how far the upload is', async () => {
    const chat = await sendingChat();

    twilio.sends[0]!.upload!.tellProgress(0.25);

    expect(chat.state.items[0]).toMatchObject({ status: 'sending', progress: 0.25 });
  });

  it('looks before it uploads again, and does not if the message has arrived', async () => {
    const chat = await sendingChat();
    twilio.sends[0]!.settle(new Error('500'));
    await settled();
    expect(statuses(chat)).toEqual(['failed']);

    void chat.retry(keyOf(chat));
    await settled();
    expect(twilio.log.slice(2)).toEqual(['look', 'send look a.png']);
    twilio.sends[1]!.settle(new Error('the answer was lost'));
    await settled();
    twilio.arrived.add(keyOf(chat));
    await chat.retry(keyOf(chat));

    expect(twilio.sends).toHaveLength(2);
    expect(statuses(chat)).toEqual(['sent']);
  });

  it('keeps what is cut off with the connection, and sends it when that is back', async () => {
    const chat = await sendingChat();
    twilio.emit({ type: 'connectionChanged', connection: 'reconnecting' });
    twilio.sends[0]!.settle(new Error('no network'));
    await settled();
    expect(statuses(chat)).toEqual(['sending']);

    twilio.emit({ type: 'connectionChanged', connection: 'connected' });
    await settled();

    expect(twilio.log.slice(2)).toEqual(['look', 'send look a.png']);
  });

  it('stops the upload on a connection that is given up, so that it does not arrive twice', async () => {
    const chat = await sendingChat();

    twilio.emit({ type: 'tokenRejected' });
    await settled();

    expect(twilio.log.slice(2)).toEqual(['abort', 'open', 'look', 'send look a.png']);
    twilio.sends[1]!.settle();
    await settled();
    expect(statuses(chat)).toEqual(['sent']);
  });

  it('gives words and files back when the visitor stops the upload', async () => {
    const chat = await sendingChat();

    await chat.cancel(keyOf(chat));

    expect(twilio.log.slice(2)).toEqual(['abort', 'look']);
    expect(chat.state).toMatchObject({ items: [], draft: 'look' });
    expect(waiting(chat)).toEqual(['a.png']);
    void chat.send('look again');
    await settled();
    expect(twilio.log.at(-1)).toBe('send look again a.png');
  });

  it('leaves a message where it is that has arrived before it could be stopped', async () => {
    const chat = await sendingChat();
    twilio.arrived.add(keyOf(chat));

    await chat.cancel(keyOf(chat));

    expect(statuses(chat)).toEqual(['sent']);
    expect(waiting(chat)).toEqual([]);
  });

  it('does not promise to stop what only waits for the socket', async () => {
    const chat = await sendingChat();
    twilio.sends[0]!.upload!.tellProgress(1);
    twilio.emit({ type: 'connectionChanged', connection: 'reconnecting' });

    await chat.cancel(keyOf(chat));

    expect(statuses(chat)).toEqual(['sending']);
  });

  it('stops what has not begun', async () => {
    const chat = aChat();
    chat.attach([aFile()]);
    const sent = chat.send('look');

    await chat.cancel(keyOf(chat));
    await sent;

    expect(twilio.log).toEqual(['open']);
    expect(waiting(chat)).toEqual(['a.png']);
  });

  it('after a reload finds the message that has arrived, and gives the words of the other one back', async () => {
    const before = await sendingChat();
    before.attach([aFile('b.png')]);
    void before.send('and this');
    await settled();
    twilio.arrived.add(keyOf(before));
    before.destroy();

    const chat = aChat();
    await chat.resume();

    expect(statuses(chat)).toEqual(['sent']);
    expect(chat.state).toMatchObject({
      draft: 'and this',
      fileProblems: [{ name: 'b.png', reason: 'lost' }],
    });
    expect(twilio.sends).toHaveLength(2);
  });

  it('after a reload looks once more before it gives up files whose message was just on its way', async () => {
    const before = await sendingChat();
    twilio.arrived.add(keyOf(before));
    twilio.tellsAtOnce = false;
    before.destroy();

    const chat = aChat();
    await chat.resume();

    expect(statuses(chat)).toEqual(['sent']);
    expect(chat.state).toMatchObject({ draft: '', fileProblems: [] });
  });

  it('names the files of an unsent draft after a reload, until the visitor continues', async () => {
    const lost = { draft: 'look', fileProblems: [{ name: 'a.png', reason: 'lost' }] };
    const before = aChat();
    before.draft('look');
    before.attach([aFile()]);

    await aChat().resume();
    const chat = aChat();
    await chat.resume();

    expect(chat.state).toMatchObject(lost);
    chat.attach([]);
    expect(chat.state.fileProblems).toEqual([]);
  });

  it('refuses what came back from a stopped message beside what was attached since, if it is too much', async () => {
    const chat = aChat({ ...FLEX_LIMITS, maxCount: 1 });
    await chat.start();
    chat.attach([aFile('a.png')]);
    void chat.send('look');
    await settled();
    chat.attach([aFile('b.png')]);
    await chat.cancel(keyOf(chat));

    await chat.send('both');

    expect(waiting(chat)).toEqual(['a.png', 'b.png']);
    expect(chat.state.fileProblems).toEqual([{ name: 'b.png', reason: 'tooMany' }]);
    expect(twilio.sends).toHaveLength(1);
  });

  it('takes no files where it is to take none', () => {
    const chat = aChat(null);

    chat.attach([aFile()]);

    expect(chat.state).toMatchObject({ files: [], fileProblems: [] });
  });

  it('asks for a link, and says when there is none', async () => {
    const chat = await sendingChat();
    twilio.sends[0]!.settle();
    await settled();
    twilio.links = ['https://media.us1.twilio.com/1', null];
    const link = () => {
      const [item] = chat.state.items;
      return item?.kind === 'message' ? item.attachments[0]!.link : undefined;
    };

    expect(await chat.findLink('ME0')).toBe('https://media.us1.twilio.com/1');
    expect(link()).toEqual({ url: 'https://media.us1.twilio.com/1', until: 1 });
    expect(await chat.findLink('ME0')).toBeNull();
    expect(link()).toBe('failed');
    twilio.emit({ type: 'connectionChanged', connection: 'reconnecting' });
    expect(await chat.findLink('ME0')).toBeNull();

    expect(twilio.log.filter((line) => line.startsWith('link'))).toEqual(['link ME0', 'link ME0']);
  });

  it('leaves nothing of the files behind', async () => {
    const revoke = jest.spyOn(URL, 'revokeObjectURL');
    const chat = await sendingChat();
    chat.attach([aFile('b.png'), aFile('c.png')]);
    chat.detach(chat.state.files[1]!.key);
    expect(revoke).toHaveBeenCalledTimes(1);

    chat.forget();

    expect(revoke).toHaveBeenCalledTimes(3);
    expect(chat.state).toMatchObject({ files: [], fileProblems: [] });
  });
});
