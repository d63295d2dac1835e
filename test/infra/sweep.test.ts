import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sweep } from '../../infra/sweep';
import { useFunctions } from '../support/functions-world';

const HOUR_MS = 3_600_000;

describe('npm run sweep', () => {
  // With the short default, the timers would close the chats before the sweep does.
  const world = useFunctions({ CONVERSATION_INACTIVE_TIMER: 'P2D', CONVERSATION_CLOSED_TIMER: 'P30D' });
  let folder: string;
  const printed: string[] = [];
  const run = (...args: string[]) =>
    sweep({
      folder,
      environment: {
        ACCOUNT_SID: world.env['ACCOUNT_SID'],
        AUTH_TOKEN: world.env['AUTH_TOKEN'],
        TWILIO_API_KEY_SECRET: world.env['TWILIO_API_KEY_SECRET'],
        TWILIO_API_BASE_URL: world.emulator.url,
      },
      args,
      print: (line) => void printed.push(line),
      now: world.emulator.world.clock.date(),
    });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sweep-'));
    printed.length = 0;
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('lists abandoned chats, and closes nothing', async () => {
    const { conversationSid } = await world.aChat();
    world.emulator.world.clock.advance(25 * HOUR_MS);

    expect(await run()).toBe(1);

    expect(printed.join('\n')).toContain(`would close  ${conversationSid}`);
    expect(world.conversation(conversationSid).state).toBe('active');
  });

  it('closes them with --yes', async () => {
    const { conversationSid } = await world.aChat();
    world.emulator.world.clock.advance(25 * HOUR_MS);

    await run('--yes');

    expect(world.conversation(conversationSid).state).toBe('closed');
    expect(await run('--yes')).toBe(0);
  });

  it('closes inactive ones, too', async () => {
    const { conversationSid } = await world.aChat();
    // Becoming inactive counts as a change, so the quiet time starts again.
    world.emulator.world.clock.advance((48 + 25) * HOUR_MS);
    expect(world.conversation(conversationSid).state).toBe('inactive');

    await run('--yes');

    expect(world.conversation(conversationSid).state).toBe('closed');
  });

  it('keeps chats that a visitor may resume', async () => {
    await world.aChat();
    world.emulator.world.clock.advance(23 * HOUR_MS);

    expect(await run()).toBe(0);
    expect(await run('--quiet-hours', '22')).toBe(1);
  });

  it('keeps chats with an open Task', async () => {
    await world.aChat({ message: 'hello' });
    await world.emulator.world.webhooks.settled();
    world.emulator.world.clock.advance(HOUR_MS / 2);

    expect(await run('--quiet-hours', '0.25')).toBe(0);
  });

  it.each(['', '1e3', '-1', 'soon', '9'.repeat(12)])('closes nothing for --quiet-hours=%s', async (hours) => {
    const { conversationSid } = await world.aChat();

    await expect(run('--yes', `--quiet-hours=${hours}`)).rejects.toMatchObject({ name: 'Remedy' });

    expect(world.conversation(conversationSid).state).toBe('active');
  });

  it('continues after one that a timer has closed in the meantime', async () => {
    const chats = [await world.aChat(), await world.aChat()];
    world.emulator.world.clock.advance(25 * HOUR_MS);
    const stopListening = world.emulator.journal.events.on('arrived', ({ path }) => {
      if (!path.endsWith('/Tasks')) return;
      stopListening();
      world.close(chats[0]!.conversationSid);
    });

    expect(await run('--yes')).toBe(2);

    expect(chats.map(({ conversationSid }) => world.conversation(conversationSid).state)).toEqual([
      'closed',
      'closed',
    ]);
  });

  it.each([
    ['another API key made', () => world.aChat()],
    [
      'only look like those of the Functions',
      () => {
        const uniqueName = `chat-visitor-1-1-${'x'.repeat(22)}`;
        const service = world.env['CONVERSATIONS_SERVICE_SID']!;
        const { sid } = world.conversations.conversations.create(
          service,
          { uniqueName },
          { source: 'EVENT' },
        );
        return { conversationSid: sid };
      },
    ],
  ])('leaves chats alone that %s, unless --any-key asks for them', async (_which, make) => {
    const { conversationSid } = await make();
    world.env['TWILIO_API_KEY_SECRET'] = 'a-newer-secret';
    world.emulator.world.clock.advance(25 * HOUR_MS);

    expect(await run('--yes')).toBe(0);
    expect(world.conversation(conversationSid).state).toBe('active');
    expect(printed.join('\n')).toContain('1 left alone');

    expect(await run('--yes', '--any-key')).toBe(1);
    expect(world.conversation(conversationSid).state).toBe('closed');
  });

  it('keeps chats of other programs', async () => {
    const service = world.env['CONVERSATIONS_SERVICE_SID']!;
    world.conversations.conversations.create(service, { uniqueName: 'chat-of-others' }, { source: 'EVENT' });
    world.emulator.world.clock.advance(25 * HOUR_MS);

    expect(await run()).toBe(0);
  });
});
