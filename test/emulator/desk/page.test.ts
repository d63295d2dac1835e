import {
  conversationSidOf,
  customerNameOf,
  INITIAL_DESK,
  timelineGroups,
  withMessages,
  withTasks,
  type DeskTask,
  type TimelineEntry,
} from '../../../emulator/desk/page/desk-state';
import { useEmulator } from '../../support/emulator';

function aTask(change: Partial<DeskTask> = {}): DeskTask {
  return {
    taskSid: 'WT1',
    reservationSid: 'WR1',
    reservationStatus: 'pending',
    dateCreated: '2026-11-23T14:00:00Z',
    attributes: { conversationSid: 'CH1', customerName: 'Ada L.' },
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

  it('shows each message once, by its index, from any source', () => {
    const chat = { conversationSid: 'CH1', messages: [], customerTyping: false, lastReadIndex: -1 };
    const messages = [1, 0, 1].map((index) => ({
      sid: `IM${index}`,
      index,
      author: 'grace',
      isOwn: true,
      body: '',
      media: [],
      at: 0,
    }));

    expect(withMessages(chat, messages).messages.map(({ index }) => index)).toEqual([0, 1]);
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
