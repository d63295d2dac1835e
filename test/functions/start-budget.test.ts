/** The limit of anonymous starts per minute, for the whole deployment. Real time is stopped, because minutes matter. */
import { failureOf, useFunctions, type StartedChat } from '../support/functions-world';
import { userToken } from '../support/tokens';

const SECRET = 'u'.repeat(32);
const MINUTE_MS = 60_000;
/** A different minute for each test, because the Functions remember an exhausted one. */
let minuteStartMs = Date.UTC(2026, 10, 23, 12);

describe('the budget on starts', () => {
  const world = useFunctions({ ANONYMOUS_STARTS_PER_MINUTE: '2', USER_TOKEN_SECRET: SECRET });
  const start = (params: object = {}) => world.post<StartedChat>('/start-chat', params);
  const at = (ms: number) => jest.spyOn(Date, 'now').mockReturnValue(minuteStartMs + ms);
  const syncCalls = () =>
    world.emulator.world.journal.entries.filter(({ host }) => host === 'sync.twilio.com').length;

  beforeEach(() => {
    minuteStartMs += 10 * MINUTE_MS;
    at(20_000);
  });
  afterEach(() => jest.restoreAllMocks());

  it('rejects a start over the limit, with the time to retry', async () => {
    expect([(await start()).status, (await start()).status]).toEqual([200, 200]);
    world.takeCalls();

    const refused = await start();

    expect(refused).toMatchObject({
      status: 429,
      body: { error: { code: 'too_many_starts', retryable: true } },
    });
    expect(refused.headers.get('retry-after')).toBe('40');
    expect(refused.headers.get('access-control-expose-headers')).toBe('Retry-After');
    expect(world.conversations.conversations.list(world.env['CONVERSATIONS_SERVICE_SID']!)).toHaveLength(2);
  });

  it('starts again with the next minute', async () => {
    await Promise.all([start(), start(), start()]);
    at(MINUTE_MS);

    expect((await start()).status).toBe(200);
  });

  it('makes no more calls to Sync once the minute is exhausted', async () => {
    await Promise.all([start(), start(), start()]);
    const before = syncCalls();

    const answers = await Promise.all([start(), start()]);

    expect(answers.map(({ status }) => status)).toEqual([429, 429]);
    expect(syncCalls()).toBe(before);
  });

  it('holds for simultaneous starts', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => start()));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
  });

  it('counts places, not indexes, which may have gaps', async () => {
    await start();
    const { entries } = world.emulator.world.journal;
    const made = entries.find(({ host, path }) => host === 'sync.twilio.com' && path.endsWith('/Lists'))!;
    world.emulator.world.sync.find(made.form['UniqueName'] as string)!.nextIndex = 1000;

    expect((await start()).status).toBe(200);
    expect((await start()).status).toBe(429);
  });

  it('also holds for the single step', async () => {
    await Promise.all([start(), start()]);
    const { token } = await world.aVisitor();

    expect(failureOf(await world.post('/create-conversation', { token }))).toBe('429 too_many_starts');
  });

  it('never rejects a visitor whose chat is open', async () => {
    const { body } = await start();
    await Promise.all([start(), start()]);

    expect((await start({ token: body.token })).body).toMatchObject({
      conversationSid: body.conversationSid,
      resumed: true,
    });
  });

  it('does not apply to users of the host site', async () => {
    await Promise.all([start(), start(), start()]);

    expect((await start({ userToken: userToken(SECRET) })).status).toBe(200);
  });

  it('counts a flood that Sync rejects as over the limit', async () => {
    world.emulator.world.faults.add({ host: 'sync.twilio.com', kind: 'status', status: 429 });

    expect((await start()).status).toBe(429);
  });

  it.each(['status', 'resetBefore'] as const)('allows starts while Sync is down (%s)', async (kind) => {
    world.emulator.world.faults.add({ host: 'sync.twilio.com', kind, status: 503 });

    expect((await start()).status).toBe(200);
    expect(world.takeLog().map(({ event }) => event)).toContain('budget.skipped');
  });

  it('reports a missing Sync Service', async () => {
    world.env['SYNC_SERVICE_SID'] = `IS${'9'.repeat(32)}`;

    expect(failureOf(await start())).toBe('502 twilio_error');
  });

  it('is off by default', async () => {
    world.env['ANONYMOUS_STARTS_PER_MINUTE'] = '0';

    const answers = await Promise.all([start(), start(), start()]);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(syncCalls()).toBe(0);
  });
});
