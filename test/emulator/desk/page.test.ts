import {
  newChat,
  unreadOf,
  withMessages,
  withoutMessage,
  withTyping,
  type DeskMessage,
} from '../../../emulator/desk/page/state/chats';
import { INITIAL_DESK, withOverview } from '../../../emulator/desk/page/state/desk-state';
import {
  conversationSidOf,
  customerNameOf,
  matches,
  NOTHING_YET,
  outcomeOf,
  type DeskTask,
} from '../../../emulator/desk/page/state/tasks';
import { filtered, timelineGroups, type TimelineEntry } from '../../../emulator/desk/page/state/timeline';
import { useEmulator } from '../../support/emulator';

function aTask(change: Partial<DeskTask> = {}): DeskTask {
  return {
    taskSid: 'WT1',
    reservationSid: 'WR1',
    reservationStatus: 'pending',
    dateCreated: '2026-11-23T14:00:00Z',
    attributes: { conversationSid: 'CH1', customerName: 'Ada L.' },
    queueName: null,
    participantSid: null,
    transfer: null,
    ...change,
  };
}

function anEntry(change: Partial<TimelineEntry>): TimelineEntry {
  return {
    id: 1,
    at: 1000,
    step: '2.1',
    conversationSid: 'CH1',
    kind: 'event',
    product: 'Conversations',
    title: 'Conversation added',
    summary: '',
    detail: {},
    ...change,
  };
}

describe('The agent desk', () => {
  describe('as a page', () => {
    const emulator = useEmulator({ kept: true });

    it('is served at / with only its own scripts and styles', async () => {
      const response = await fetch(`${emulator().url}/`);
      const html = await response.text();

      expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
      const files = [...html.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, path]) => path!);
      expect(files).toHaveLength(2);
      for (const path of files) expect((await fetch(emulator().url + path)).status).toBe(200);
    });

    it('gets a token for the realtime service and the name of the agent', async () => {
      const session = (await (await fetch(`${emulator().url}/emulator/desk/token`)).json()) as Record<
        string,
        string
      >;

      expect(session).toMatchObject({ identity: 'grace_40example_2Ecom', name: 'Grace' });
      const { identity, chatServiceSid } = emulator().world.realtime.checkToken(session['token']);
      expect({ identity, chatServiceSid }).toEqual({
        identity: 'grace_40example_2Ecom',
        chatServiceSid: emulator().account.conversationsServiceSid,
      });
    });
  });

  it('keeps a selection while it exists, and otherwise selects the first active one', () => {
    const [waiting, mine] = [aTask(), aTask({ taskSid: 'WT2', reservationStatus: 'accepted' })];
    const withTasks = (state: typeof INITIAL_DESK, tasks: DeskTask[]) =>
      withOverview(state, { ...NOTHING_YET, tasks }, 0);
    const selected = withTasks({ ...INITIAL_DESK, selectedTaskSid: 'WT1' }, [waiting, mine]);

    expect(selected.selectedTaskSid).toBe('WT1');
    expect(withTasks(selected, [mine]).selectedTaskSid).toBe('WT2');
    expect(withTasks(selected, []).selectedTaskSid).toBeNull();
  });

  it('names the customer from the best data of the task', () => {
    expect(customerNameOf(aTask())).toBe('Ada L.');
    expect(customerNameOf(aTask({ attributes: { customerName: '', from: '+4930123' } }))).toBe('+4930123');
    expect(customerNameOf(aTask({ attributes: {} }))).toBe('Customer');
    expect(conversationSidOf(aTask({ attributes: {} }))).toBeNull();
  });

  it('finds a Task by any of its texts', () => {
    expect(matches(aTask(), ' ada ')).toBe(true);
    expect(matches(aTask(), 'ch1')).toBe(true);
    expect(matches(aTask(), 'wr1')).toBe(true);
    expect(matches(aTask(), 'Bea')).toBe(false);
  });

  it('shows how a Task ended, with its reason if it has one', () => {
    const finished = { id: 1, taskSid: 'WT1', attributes: {}, at: '' };

    expect(outcomeOf({ ...finished, status: 'timeout', reason: null })).toBe('Timed out');
    expect(outcomeOf({ ...finished, status: 'canceled', reason: 'Task TTL Exceeded' })).toBe(
      'Canceled: Task TTL Exceeded',
    );
  });

  describe('in a chat', () => {
    const message = (index: number, change: Partial<DeskMessage> = {}): DeskMessage => ({
      sid: `IM${index}`,
      index,
      author: 'ada',
      isOwn: false,
      body: '',
      media: [],
      at: 0,
      ...change,
    });

    it('shows each message once, by its index, in its latest version', () => {
      const chat = withMessages(newChat('CH1'), [message(1), message(0), message(1, { body: 'edited' })]);

      expect(chat.messages.map(({ index, body }) => [index, body])).toEqual([
        [0, ''],
        [1, 'edited'],
      ]);
      expect(withoutMessage(chat, 'IM0').messages.map(({ index }) => index)).toEqual([1]);
    });

    it('counts messages from others since the agent last looked', () => {
      const chat = withMessages({ ...newChat('CH1'), ownReadIndex: 0 }, [
        message(0),
        message(1),
        message(2, { isOwn: true }),
      ]);

      expect(unreadOf(chat)).toBe(1);
    });

    it('shows who is typing, each separately', () => {
      const chat = withTyping(withTyping(newChat('CH1'), 'ada', true), 'linus', true);

      expect(withTyping(withTyping(chat, 'ada', true), 'linus', false).typing).toEqual(['ada']);
    });
  });

  it('finds entries of the timeline by their kind and by any of their texts', () => {
    const entries = [anEntry({ kind: 'request', detail: { status: 503 } }), anEntry({ id: 2 })];
    const found = (kind: 'all' | 'request', text: string) =>
      filtered(entries, { kind, text }).map(({ id }) => id);

    expect(found('all', '')).toEqual([1, 2]);
    expect(found('request', '')).toEqual([1]);
    expect(found('all', '503')).toEqual([1]);
    expect(found('request', 'nothing such')).toEqual([]);
  });

  it('has one timeline per Conversation, the newest first, from its beginning', () => {
    const groups = timelineGroups([
      anEntry({ detail: { friendlyName: 'Ada L.' } }),
      anEntry({ conversationSid: 'CH2', at: 3000 }),
      anEntry({ at: 900, kind: 'request' }),
    ]);

    expect(groups.map(({ conversationSid, name, startedAt }) => [conversationSid, name, startedAt])).toEqual([
      ['CH2', 'Customer', 3000],
      ['CH1', 'Ada L.', 900],
    ]);
  });
});

it.each<[string, Partial<TimelineEntry>[], boolean]>([
  ['a chat that has begun', [{ detail: { state: 'active' } }], false],
  ['a left message', [{ detail: { state: 'inactive' } }, { step: '4' }], true],
  ['a record that its creator closed', [{ detail: { state: 'closed' } }], true],
  ['a message without any Participant', [{ detail: { state: 'active' } }, { step: '4' }], true],
  ['a chat', [{ detail: { state: 'active' } }, { step: '2.2' }, { step: '4' }], false],
  ['a chat that began inactive', [{ detail: { state: 'inactive' } }, { step: '2.3' }], false],
])('the timeline distinguishes records: %s', (_what, entries, isRecord) => {
  expect(timelineGroups(entries.map((entry, id) => anEntry({ id, ...entry })))).toMatchObject([{ isRecord }]);
});
