/** The log of the Functions: one line per call, useful for debugging and safe in public. */
import { forbiddenIn, SEEDS } from '../support/forbidden-words';
import { useFunctions, type StartedChat } from '../support/functions-world';
import { accessToken, userToken } from '../support/tokens';

describe('the log', () => {
  const world = useFunctions({ USER_TOKEN_SECRET: SEEDS.secret });

  it('has one line per call, with what is needed to find it', async () => {
    const { body } = await world.post<StartedChat>('/start-chat', {
      friendlyName: SEEDS.name,
      message: SEEDS.message,
      messageId: 'm-1',
    });

    expect(world.takeLog()).toEqual([
      {
        event: 'call.answered',
        function: '/start-chat',
        status: 200,
        durationMs: expect.any(Number),
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        conversationSid: body.conversationSid,
        created: true,
        messageSid: expect.stringMatching(/^IM/),
      },
    ]);
  });

  it("contains an error's code, and the request id of the response", async () => {
    const { body } = await world.post<{ error: { requestId: string } }>('/token', {
      friendlyName: SEEDS.name,
    });

    expect(world.takeLog()).toMatchObject([
      { status: 400, code: 'invalid_request', requestId: body.error.requestId },
    ]);
  });

  it("contains Twilio's error code, which callers do not get", async () => {
    world.emulator.world.faults.add({
      kind: 'status',
      status: 400,
      body: { code: 50304, status: 400, message: `Invalid attributes: ${SEEDS.name}`, more_info: '' },
    });

    const { status, body } = await world.post('/start-chat', { friendlyName: SEEDS.name });

    expect(status).toBe(502);
    expect(JSON.stringify(body)).not.toMatch(/50304|Invalid attributes/);
    expect(world.takeLog()).toMatchObject([{ code: 'twilio_error', twilioStatus: 400, twilioCode: 50304 }]);
  });

  it('names all missing and malformed settings', async () => {
    delete world.env['STUDIO_FLOW_SID'];
    world.env['TWILIO_API_KEY_SECRET'] = 'too short';

    const { status, body } = await world.post('/start-chat', {});

    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('TWILIO_API_KEY_SECRET');
    expect(world.takeLog()).toMatchObject([
      {
        code: 'misconfigured',
        problems: [
          'TWILIO_API_KEY_SECRET must have at least 32 bytes',
          expect.stringContaining('STUDIO_FLOW_SID is missing'),
        ],
      },
    ]);
  });

  it('contains no personal data and no secret, however a call ends', async () => {
    const chat = await world.aChat({
      friendlyName: SEEDS.name,
      preChat: { email: SEEDS.email, phone: SEEDS.phone },
    });
    const own = { token: chat.token, conversationSid: chat.conversationSid };
    const claims = { name: SEEDS.otherName, preChat: { email: SEEDS.email } };
    await world.post('/start-chat', { userToken: userToken(SEEDS.secret, { sub: SEEDS.email, claims }) });
    await world.post('/send-message', { ...own, body: SEEDS.message });
    await world.post('/send-message', { ...own, body: SEEDS.message, [SEEDS.email]: 'x' });
    await world.post('/start-chat', { friendlyName: `${SEEDS.name}\u0000`, message: SEEDS.message });
    await world.post('/token', { token: accessToken(world.env, { identity: SEEDS.email }) });
    await world.post('/token', { userToken: userToken('x'.repeat(32), { sub: SEEDS.email, claims }) });
    await world.post(`/token?email=${SEEDS.email}`, {}, { origin: `https://${SEEDS.email}` });
    await world.post('/add-participant', { ...own, conversationSid: SEEDS.email });
    world.emulator.world.faults.add({ kind: 'resetBefore' });
    await world.post('/send-message', { ...own, body: SEEDS.message, messageId: 'm-2' });
    world.env['AUTH_TOKEN'] = SEEDS.email;
    await world.post('/send-message', { ...own, body: SEEDS.message });

    const lines = world.takeLog();

    expect(lines).toHaveLength(11);
    expect(forbiddenIn(lines.map((line) => JSON.stringify(line)).join('\n'))).toEqual([]);
  });

  it('fails this check if it did', () => {
    const token = accessToken(world.env);

    expect(forbiddenIn(`{"event":"x"}\n{"token":"${token}"}\n{"name":"ADA L."}`)).toEqual([
      expect.stringContaining('a token in:'),
      expect.stringContaining('"Ada L." in:'),
    ]);
  });
});
