/** Users of the host site, which vouches for them. */
import { createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { failureOf, useFunctions, type StartedChat, type Visitor } from '../support/functions-world';
import { accessToken, REFUSED_USER_TOKENS, userToken } from '../support/tokens';

const SECRET = 'the host site shares this secret';
const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }) as string;

describe('userToken', () => {
  const world = useFunctions({ USER_TOKEN_SECRET: SECRET });
  const start = (token: string, params: object = {}) =>
    world.post<StartedChat>('/start-chat', { userToken: token, ...params });
  const identityOf = async (sub: string) =>
    (await world.post<Visitor>('/token', { userToken: userToken(SECRET, { sub }) })).body.identity;
  const attributesOf = (sid: string) =>
    (JSON.parse(world.conversation(sid).attributes) as { pre_engagement_data: object }).pre_engagement_data;

  it('gives the same user the same opaque identity, and other users different ones', async () => {
    const first = await identityOf('ada@example.com');

    expect(first).toMatch(/^user-[A-Za-z0-9_-]{43}$/);
    expect(await identityOf('ada@example.com')).toBe(first);
    expect(await identityOf('ada@example.org')).not.toBe(first);
  });

  it('cannot be guessed from the name without the key', async () => {
    const first = await identityOf('ada@example.com');

    world.env['TWILIO_API_KEY_SECRET'] = 'another-secret-that-is-long-enough-too';

    expect(await identityOf('ada@example.com')).not.toBe(first);
  });

  it('returns a user to the open chat, on any device', async () => {
    const first = await start(userToken(SECRET));

    const second = await start(userToken(SECRET));

    expect(second.body).toMatchObject({ conversationSid: first.body.conversationSid, resumed: true });
  });

  it("prefills the chat with the host site's signed data, which overrides the browser's", async () => {
    const claims = { name: 'Ada Lovelace', preChat: { plan: 'gold' }, email: 'ada@example.com' };

    const { body } = await start(userToken(SECRET, { claims }), {
      friendlyName: 'The boss',
      preChat: { plan: 'platinum', topic: 'refund' },
    });

    expect(world.conversation(body.conversationSid).friendlyName).toBe('Ada Lovelace');
    expect(attributesOf(body.conversationSid)).toEqual({
      friendlyName: 'Ada Lovelace',
      plan: 'gold',
      topic: 'refund',
    });
  });

  it('leaves the browser no way to another name', async () => {
    const answer = await start(userToken(SECRET, { claims: { name: 'Ada Lovelace' } }), {
      preChat: { friendlyName: 'The boss' },
    });

    expect(failureOf(answer)).toBe('400 invalid_request');
    expect(world.takeCalls()).toEqual([]);
  });

  it('admits a user with an invalid name, without the name', async () => {
    const claims = { name: 'Ada\u202egnp', preChat: { plan: 7 } };

    const { status, body } = await start(userToken(SECRET, { claims }));

    expect(status).toBe(200);
    expect(attributesOf(body.conversationSid)).toEqual({});
  });

  it('opens the steps too, with the issued token', async () => {
    const { body } = await world.post<Visitor>('/token', { userToken: userToken(SECRET) });

    expect((await world.post('/create-conversation', { token: body.token })).status).toBe(201);
  });

  it.each(REFUSED_USER_TOKENS)('%s is rejected, and Twilio is not called', async (_case, wishes) => {
    const token = userToken(wishes.algorithm === 'none' ? '' : SECRET, wishes);

    expect(failureOf(await start(token))).toBe('401 invalid_user_token');
    expect(failureOf(await world.post('/token', { userToken: token }))).toBe('401 invalid_user_token');
    expect(world.takeCalls()).toEqual([]);
  });

  it('is rejected when signed with another secret', async () => {
    expect(failureOf(await start(userToken('x'.repeat(32))))).toBe('401 invalid_user_token');
  });

  it('tolerates small clock differences', async () => {
    expect((await start(userToken(SECRET, { ageSeconds: 310, lifeSeconds: 300 }))).status).toBe(200);
    expect((await start(userToken(SECRET, { ageSeconds: -20, lifeSeconds: 600 }))).status).toBe(200);
  });

  it('is not an Access Token, and an Access Token is not a userToken', async () => {
    expect(failureOf(await world.post('/token', { token: userToken(SECRET) }))).toBe('401 invalid_token');
    expect(failureOf(await start(accessToken(world.env)))).toBe('401 invalid_user_token');
  });

  it('excludes a token in the same request', async () => {
    const both = { token: accessToken(world.env), userToken: userToken(SECRET) };

    expect(failureOf(await world.post('/token', both))).toBe('400 invalid_request');
    expect(failureOf(await world.post('/start-chat', both))).toBe('400 invalid_request');
    expect(world.takeCalls()).toEqual([]);
  });

  it('is rejected if no key is set', async () => {
    delete world.env['USER_TOKEN_SECRET'];

    expect(failureOf(await start(userToken(SECRET)))).toBe('401 invalid_user_token');
    expect(failureOf(await start(userToken('', { algorithm: 'none' })))).toBe('401 invalid_user_token');
  });

  describe('with an audience', () => {
    beforeEach(() => {
      world.env['USER_TOKEN_AUDIENCE'] = 'chat';
    });

    it.each([
      ['chat', 200],
      [['shop', 'chat'], 200],
      ['shop', 401],
      [undefined, 401],
    ])('%p is answered with %i', async (aud, status) => {
      expect((await start(userToken(SECRET, { claims: { aud } }))).status).toBe(status);
    });
  });

  describe.each([
    ['RS256', generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ] as const)('with a public key for %s', (algorithm, { publicKey, privateKey }) => {
    beforeEach(() => {
      delete world.env['USER_TOKEN_SECRET'];
      // In an environment variable a PEM usually has its line breaks written as \n.
      world.env['USER_TOKEN_PUBLIC_KEY'] = pem(publicKey).replaceAll('\n', '\\n');
    });

    it('is accepted', async () => {
      expect((await start(userToken(privateKey, { algorithm }))).status).toBe(200);
    });

    it('is rejected when the public key was used as an HMAC secret', async () => {
      const confused = createSecretKey(Buffer.from(pem(publicKey)));

      expect(failureOf(await start(userToken(confused, { algorithm: 'HS256' })))).toBe(
        '401 invalid_user_token',
      );
    });

    it('is rejected when another private key signed it', async () => {
      const other =
        algorithm === 'RS256'
          ? generateKeyPairSync('rsa', { modulusLength: 2048 })
          : generateKeyPairSync('ec', { namedCurve: 'P-256' });

      expect(failureOf(await start(userToken(other.privateKey, { algorithm })))).toBe(
        '401 invalid_user_token',
      );
    });
  });

  it('with RS512 is rejected if the key means RS256', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    delete world.env['USER_TOKEN_SECRET'];
    world.env['USER_TOKEN_PUBLIC_KEY'] = pem(publicKey);

    expect(failureOf(await start(userToken(privateKey, { algorithm: 'RS512' })))).toBe(
      '401 invalid_user_token',
    );
  });
});
