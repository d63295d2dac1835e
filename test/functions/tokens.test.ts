/** Which Access Tokens are accepted: by the step Functions until they expire, by /token for a while longer. */
import { accessToken, HOUR_SECONDS, visitorIdentity, type TokenWishes } from '../support/tokens';
import { pathsWithAccess } from '../support/functions';
import { failureOf, useFunctions, type Visitor } from '../support/functions-world';

const DAY_SECONDS = 24 * HOUR_SECONDS;
const OTHER_SID = 'f'.repeat(32);
const KNOWN_USER = `user-${'A'.repeat(43)}`;

describe('Access Tokens', () => {
  const world = useFunctions();
  const create = (token: unknown) => world.post('/create-conversation', { token });
  const renew = (token: unknown) => world.post<Visitor>('/token', { token });

  it('are accepted if every part is valid', async () => {
    const identity = visitorIdentity();

    const { status } = await create(accessToken(world.env, { identity }));

    expect(status).toBe(201);
    const [call] = world.emulator.world.journal.entries;
    expect(call!.form['UniqueName']).toMatch(`chat-${identity}-1-`);
  });

  const FORGED: [string, TokenWishes][] = [
    ['signed with another secret', { secret: 'x'.repeat(32) }],
    ['with the algorithm none', { algorithm: 'none' }],
    ['with HS384', { algorithm: 'HS384' }],
    ['with HS512', { algorithm: 'HS512' }],
    ['of another content type', { header: { cty: 'JWT' } }],
    ['without a content type', { header: { cty: undefined } }],
    ['of another API key', { claims: { iss: `SK${OTHER_SID}` } }],
    ['without an issuer', { claims: { iss: undefined } }],
    ['of another account', { claims: { sub: `AC${OTHER_SID}` } }],
    ['without a subject', { claims: { sub: undefined } }],
    ['without an expiry', { lifeSeconds: null }],
    ['with an expiry that is not a number', { claims: { exp: 'tomorrow' } }],
    ['without a time of issue', { claims: { iat: undefined } }],
    ['issued in the future', { ageSeconds: -HOUR_SECONDS }],
    ['that is not valid yet', { claims: { nbf: Math.floor(Date.now() / 1000) + HOUR_SECONDS } }],
    ['that lives longer than 24 hours', { lifeSeconds: DAY_SECONDS + 1 }],
    ['that ends before it begins', { lifeSeconds: -1 }],
    ['of another Conversations Service', { grants: { chat: { service_sid: `IS${OTHER_SID}` } } }],
    ['for another product', { grants: { chat: undefined, voice: { incoming: { allow: true } } } }],
    ['for another product too', { grants: { voice: { incoming: { allow: true } } } }],
    ['with more rights on chat', { grants: { chat: { service_sid: 'IS', endpoint_id: 'x' } } }],
    ['without grants', { claims: { grants: undefined } }],
    ['with grants that are not an object', { claims: { grants: 'all' } }],
    ['without an identity', { grants: { identity: undefined } }],
    ['with an empty identity', { identity: '' }],
    ['with two identities', { identity: [visitorIdentity(), visitorIdentity()] }],
    ['with an identity of another form', { identity: 'agent-007' }],
    ['with an e-mail address as identity', { identity: 'ada@example.com' }],
    ['with a UUID of another version', { identity: 'visitor-0b9f2f4e-6f62-4a4e-9d35-3d7a1bb6c0de' }],
    ['with more after the identity', { identity: `${visitorIdentity()}\n` }],
    ['over 4 KB', { claims: { padding: 'x'.repeat(4096) } }],
  ];

  it.each(FORGED)('%s get the same error everywhere, and no call to Twilio', async (_case, wishes) => {
    const token = accessToken(world.env, wishes);

    const answers = [await create(token), await renew(token), await world.post('/start-chat', { token })];

    expect(answers.map(failureOf)).toEqual(Array(3).fill('401 invalid_token'));
    const [first, ...others] = answers.map(({ body }) => ({
      ...(body as { error: object }).error,
      requestId: '',
    }));
    expect(others).toEqual([first, first]);
    expect(world.takeCalls()).toEqual([]);
  });

  it.each([
    ['no token at all', undefined, '400 invalid_request'],
    ['null', null, '400 invalid_request'],
    ['an object', {}, '400 invalid_request'],
    ['a list of tokens', ['a', 'b'], '400 invalid_request'],
    ['no JWT', 'hello', '401 invalid_token'],
    ['half a JWT', 'eyJhbGciOiJIUzI1NiJ9.e30', '401 invalid_token'],
    ['a JWT without JSON', 'YQ.YQ.YQ', '401 invalid_token'],
  ])('%s is rejected', async (_case, token, expected) => {
    expect(failureOf(await create(token))).toBe(expected);
    expect(world.takeCalls()).toEqual([]);
  });

  it('that have expired get a separate error, so that a client can renew', async () => {
    const token = accessToken(world.env, { ageSeconds: HOUR_SECONDS + 1 });

    expect(failureOf(await create(token))).toBe('401 token_expired');
    expect(world.takeCalls()).toEqual([]);
  });

  describe('renewal', () => {
    it('survives a night with the laptop closed', async () => {
      const identity = visitorIdentity(13 * HOUR_SECONDS - 60);
      const token = accessToken(world.env, { identity, ageSeconds: 13 * HOUR_SECONDS - 60 });

      const { status, body } = await renew(token);

      expect({ status, identity: body.identity }).toEqual({ status: 200, identity });
      expect((await create(body.token)).status).toBe(201);
    });

    it('ends some time after the token expires', async () => {
      const token = accessToken(world.env, {
        identity: visitorIdentity(14 * HOUR_SECONDS),
        ageSeconds: 13 * HOUR_SECONDS + 1,
      });

      // A client that renews at token_expired would otherwise renew without end.
      expect(failureOf(await renew(token))).toBe('401 session_ended');
    });

    it('ends with the session, even for a new token', async () => {
      const token = accessToken(world.env, { identity: visitorIdentity(DAY_SECONDS + 1) });

      expect(failureOf(await renew(token))).toBe('401 session_ended');
      expect(failureOf(await create(token))).toBe('401 session_ended');
      expect(failureOf(await world.post('/start-chat', { token }))).toBe('401 session_ended');
      expect(world.takeCalls()).toEqual([]);
    });

    it('issues no token that outlives the session', async () => {
      const identity = visitorIdentity(DAY_SECONDS - 600);

      const { body } = await renew(accessToken(world.env, { identity }));

      const leftSeconds = (Date.parse(body.expiresAt) - Date.now()) / 1000;
      expect(leftSeconds).toBeGreaterThan(590);
      expect(leftSeconds).toBeLessThanOrEqual(600);
    });

    it('follows a changed session limit', async () => {
      world.env['SESSION_MAX_SECONDS'] = '60';

      expect(failureOf(await renew(accessToken(world.env, { identity: visitorIdentity(61) })))).toBe(
        '401 session_ended',
      );
    });

    it("does not extend a signed-in user's session: the host site does", async () => {
      const token = accessToken(world.env, { identity: KNOWN_USER });

      expect(failureOf(await renew(token))).toBe('401 user_token_required');
    });

    it('does not let a signed-in user start with an expired token, unlike an anonymous visitor', async () => {
      const ageSeconds = HOUR_SECONDS + 1;
      const start = (identity: string) =>
        world.post('/start-chat', { token: accessToken(world.env, { identity, ageSeconds }) });

      expect(failureOf(await start(KNOWN_USER))).toBe('401 user_token_required');
      expect((await start(visitorIdentity(ageSeconds))).status).toBe(200);
    });
  });

  describe('without anonymous visitors', () => {
    beforeEach(() => {
      world.env['ANONYMOUS_VISITORS'] = 'false';
      world.env['USER_TOKEN_SECRET'] = 'u'.repeat(32);
    });

    it.each(pathsWithAccess('newcomer'))('%s requires a userToken', async (path) => {
      expect(failureOf(await world.post(path, {}))).toBe('401 user_token_required');
      expect(world.takeCalls()).toEqual([]);
    });

    it.each(pathsWithAccess('newcomer'))('%s does not renew an earlier anonymous token', async (path) => {
      const token = accessToken(world.env);

      expect(failureOf(await world.post(path, { token }))).toBe('401 user_token_required');
    });
  });
});
