import fc from 'fast-check';
import { FLEX_LIMITS, fileProblem } from '../../../widget/state/attachments';
import type { ArrivedMessage, ChatEvent } from '../../../widget/state/events';
import { INITIAL_STATE, type Attachment, type ChatState } from '../../../widget/state/model';
import { transition } from '../../../widget/state/transition';

const AT = Date.parse('2026-11-24T14:00:00Z');
const OWN_LINK = { url: 'blob:https://shop.example/1', until: Infinity };
const TWILIOS_LINK = { url: 'https://media.us1.twilio.com/ME1', until: AT };

function after(...events: ChatEvent[]): ChatState {
  return events.reduce(transition, INITIAL_STATE);
}

function aFile(key: string, change: Partial<Attachment> = {}): Attachment {
  return { key, name: `${key}.png`, type: 'image/png', size: 3, link: OWN_LINK, ...change };
}

function attached(...files: Attachment[]): ChatEvent {
  return { type: 'attached', files, problems: [] };
}

function sending(key: string, ...attachments: Attachment[]): ChatEvent {
  return { type: 'sending', key, body: key, at: AT, attachments };
}

function arrived(key: string, change: Partial<ArrivedMessage> = {}): ChatEvent {
  const message: ArrivedMessage = {
    key,
    author: 'visitor',
    authorKey: null,
    name: '',
    body: key,
    attachments: [aFile('ME1', { link: null })],
    at: AT,
    index: 0,
    ...change,
  };
  return { type: 'messagesArrived', messages: [message] };
}

const messages = ({ items }: ChatState) => items.flatMap((item) => (item.kind === 'message' ? [item] : []));
const keys = (files: readonly Attachment[]) => files.map(({ key }) => key);

describe('files of a message', () => {
  it('wait with the words that are being written, and go with them', () => {
    const written = after(attached(aFile('a')), attached(aFile('b')));
    const sent = transition(written, sending('mine', aFile('a'), aFile('b')));

    expect(keys(written.files)).toEqual(['a', 'b']);
    expect(sent.files).toEqual([]);
    expect(messages(sent)).toMatchObject([{ progress: 0, attachments: [{ key: 'a' }, { key: 'b' }] }]);
  });

  it('can be taken out again', () => {
    const state = after(attached(aFile('a'), aFile('b')), { type: 'detached', key: 'a' });

    expect(keys(state.files)).toEqual(['b']);
  });

  it('that were refused are named until the visitor continues', () => {
    const refused: ChatEvent = {
      type: 'attached',
      files: [],
      problems: [{ name: 'x.exe', reason: 'wrongType' }],
    };

    expect(after(refused).fileProblems).toHaveLength(1);
    for (const next of [attached(aFile('a')), sending('mine'), { type: 'detached', key: 'a' } as const]) {
      expect(after(refused, next).fileProblems).toEqual([]);
    }
  });

  it('have a progress while they are uploaded', () => {
    const uploading = { type: 'uploading', key: 'mine', progress: 0.5 } as const;
    const under = after(sending('mine', aFile('a')), uploading);

    expect(messages(under)[0]!.progress).toBe(0.5);
    expect(messages(transition(under, arrived('mine')))[0]!.progress).toBeNull();
    const failed = transition(under, { type: 'sendFailed', key: 'mine' });
    expect(messages(failed)[0]!.progress).toBeNull();
    expect(messages(transition(failed, uploading))[0]).toMatchObject({ status: 'failed', progress: null });
    expect(messages(transition(failed, sending('mine', aFile('a'))))[0]).toMatchObject({ progress: 0 });
  });

  it('have no progress without files', () => {
    expect(messages(after(sending('mine')))[0]!.progress).toBeNull();
  });

  it('keep the picture that they were sent with when Twilio has them', () => {
    const state = after(sending('mine', aFile('a')), arrived('mine'));

    expect(messages(state)[0]!.attachments).toEqual([aFile('ME1', { link: OWN_LINK })]);
  });

  it('keep their links when the Message is reported again after a reconnect', () => {
    const state = after(
      arrived('IM1'),
      { type: 'linkChanged', key: 'ME1', link: TWILIOS_LINK },
      arrived('IM1'),
    );

    expect(messages(state)[0]!.attachments[0]!.link).toEqual(TWILIOS_LINK);
  });

  it('are asked for one by one', () => {
    const two = arrived('IM1', { attachments: [aFile('ME1', { link: null }), aFile('ME2', { link: null })] });
    const state = after(two, { type: 'linkChanged', key: 'ME2', link: 'loading' });

    expect(messages(state)[0]!.attachments.map(({ link }) => link)).toEqual([null, 'loading']);
  });

  it('come back with their words when the visitor stops them', () => {
    const state = after(
      sending('mine', aFile('a')),
      attached(aFile('b')),
      { type: 'drafted', draft: 'next' },
      { type: 'cancelled', key: 'mine' },
    );

    expect(messages(state)).toEqual([]);
    expect(state.draft).toBe('mine\nnext');
    expect(keys(state.files)).toEqual(['a', 'b']);
  });

  it('stay sent when they are stopped too late', () => {
    const state = after(sending('mine', aFile('a')), arrived('mine'), { type: 'cancelled', key: 'mine' });

    expect(messages(state)).toMatchObject([{ status: 'sent' }]);
    expect(state).toMatchObject({ draft: '', files: [] });
  });

  it('that went with the page are named, and the words come back', () => {
    const lost = sending('mine', aFile('a', { name: 'order.png', link: null }));
    const state = after(attached(aFile('b')), lost, { type: 'filesGone', key: 'mine' });

    expect(messages(state)).toEqual([]);
    expect(state.draft).toBe('mine');
    expect(keys(state.files)).toEqual(['b']);
    expect(state.fileProblems).toEqual([{ name: 'order.png', reason: 'lost' }]);
  });

  it('stay with the visitor when the chat is left', () => {
    const state = after(attached(aFile('a')), { type: 'reset' });

    expect(keys(state.files)).toEqual(['a']);
  });
});

describe('any events in any order', () => {
  /** What can be done depends on where the files are: a message takes those that wait, once. */
  type Step = (state: ChatState, count: number) => ChatEvent;
  const problem = { code: 'unreachable', retryable: true };
  const unsent = (state: ChatState) => messages(state).filter(({ index }) => index === null);
  const last = (state: ChatState) => unsent(state).at(-1)?.key ?? 'none';
  const again: Step = (state) => sending(last(state), ...(unsent(state).at(-1)?.attachments ?? []));
  const steps: Step[] = [
    ({ files }, count) => sending(`message ${count}`, ...files),
    again,
    (state) => ({ type: 'uploading', key: last(state), progress: 1 }),
    (state) => ({ type: 'sendFailed', key: last(state) }),
    (state) => ({ type: 'cancelled', key: last(state) }),
    () => ({ type: 'startFailed', problem }),
    () => ({ type: 'sessionLost', problem }),
    () => ({ type: 'ended', at: AT }),
    () => ({ type: 'reset' }),
  ];
  const places = (state: ChatState) =>
    keys([...state.files, ...unsent(state).flatMap(({ attachments }) => attachments)]).sort();

  it('every file is in one place: waiting in the composer, or with one message on its way', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 40 }), (taken) => {
        let state = after(attached(aFile('a'), aFile('b')));
        taken.forEach((step, count) => (state = transition(state, step(state, count))));
        expect(places(state)).toEqual(['a', 'b']);
      }),
    );
  });
});

describe('what may be attached', () => {
  const limits = { maxBytes: 10, maxCount: 2, types: 'image/*, application/pdf,.csv' };
  const reasonFor = (name: string, type: string, size = 1, count = 0) =>
    fileProblem({ name, type, size }, count, limits)?.reason ?? 'taken';

  it.each([
    ['a.png', 'image/png', 'taken'],
    ['a.pdf', 'application/pdf', 'taken'],
    ['A.CSV', '', 'taken'],
    ['a.csv.exe', '', 'wrongType'],
    ['image', 'imaginary/png', 'wrongType'],
    ['a.pdf', 'application/pdfx', 'wrongType'],
    ['nameless', '', 'wrongType'],
  ])('%s of type %p is %s', (name, type, expected) => {
    expect(reasonFor(name, type)).toBe(expected);
  });

  it('is so large, so many, and not empty', () => {
    expect(reasonFor('a.png', 'image/png', 10, 1)).toBe('taken');
    expect(reasonFor('a.png', 'image/png', 11)).toBe('tooLarge');
    expect(reasonFor('a.png', 'image/png', 0)).toBe('empty');
    expect(reasonFor('a.png', 'image/png', 1, 2)).toBe('tooMany');
  });

  it('is by itself what Flex takes from the web, and no page or program', () => {
    for (const [name, type] of [
      ['a.jpg', 'image/jpeg'],
      ['a.heic', ''],
      ['a.pdf', 'application/pdf'],
      ['a.txt', 'text/plain'],
      ['a.mp3', 'audio/mpeg'],
      ['a.mp4', 'video/mp4'],
    ] as const) {
      expect(fileProblem({ name, type, size: 16_777_216 }, 3, FLEX_LIMITS)).toBeNull();
    }
    for (const type of ['text/html', 'image/svg+xml', 'application/x-msdownload']) {
      expect(fileProblem({ name: 'a', type, size: 1 }, 0, FLEX_LIMITS)).toMatchObject({
        reason: 'wrongType',
      });
    }
  });
});
