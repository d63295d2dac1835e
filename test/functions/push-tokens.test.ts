/** Access Tokens that let an app register for push notifications. */
import jwt from 'jsonwebtoken';
import { pathsWithAccess } from '../support/functions';
import { failureOf, useFunctions, type Visitor } from '../support/functions-world';
import { accessToken, userToken } from '../support/tokens';

const IOS = `CR${'1'.repeat(32)}`;
const ANDROID = `CR${'2'.repeat(32)}`;
const RETIRED = `CR${'3'.repeat(32)}`;
const SECRET = 'u'.repeat(32);

describe.each(pathsWithAccess('newcomer'))('for push notifications, %s', (path) => {
  const world = useFunctions({
    PUSH_CREDENTIAL_SIDS: `ios=${IOS}, android=${ANDROID}`,
    USER_TOKEN_SECRET: SECRET,
  });
  const service = () => world.env['CONVERSATIONS_SERVICE_SID']!;
  const chatGrantOf = ({ token }: Visitor): unknown =>
    (jwt.decode(token) as { grants: { chat: unknown } }).grants.chat;
  const ask = async (input: object) => {
    const { status, body } = await world.post<Visitor>(path, input);
    expect(status).toBe(200);
    return body;
  };
  const tokenWith = (credential: unknown) =>
    accessToken(world.env, {
      grants: { chat: { service_sid: service(), push_credential_sid: credential } },
    });

  it.each([
    ['ios', IOS],
    ['android', ANDROID],
  ])('grants the Credential of the platform %s', async (platform, sid) => {
    expect(chatGrantOf(await ask({ platform }))).toEqual({
      service_sid: service(),
      push_credential_sid: sid,
    });
  });

  it('grants none without a platform', async () => {
    expect(chatGrantOf(await ask({}))).toEqual({ service_sid: service() });
  });

  it('grants it to a signed-in user, with the data that the site has signed', async () => {
    const token = userToken(SECRET, { claims: { name: 'Ada L.' } });

    const pass = await ask({ userToken: token, platform: 'ios' });

    expect(chatGrantOf(pass)).toMatchObject({ push_credential_sid: IOS });
    expect(jwt.decode(pass.token)).toMatchObject({ flex_custom_chat_profile: { friendlyName: 'Ada L.' } });
  });

  it('renews such a token without being told the platform', async () => {
    const first = await ask({ platform: 'ios' });

    const renewed = await ask({ token: first.token });

    expect(renewed.identity).toBe(first.identity);
    expect(chatGrantOf(renewed)).toMatchObject({ push_credential_sid: IOS });
  });

  it('changes the Credential to that of the named platform', async () => {
    const { token } = await ask({ platform: 'ios' });

    expect(chatGrantOf(await ask({ token, platform: 'android' }))).toMatchObject({
      push_credential_sid: ANDROID,
    });
  });

  it('keeps the chats of an app whose Credential was replaced, and grants the old one no more', async () => {
    expect(chatGrantOf(await ask({ token: tokenWith(RETIRED) }))).toEqual({ service_sid: service() });
  });

  it.each([
    ['another kind of SID', `IS${'1'.repeat(32)}`],
    ['a list', [IOS]],
    ['null', null],
    ['more after the SID', `${IOS}\n`],
  ])('rejects a token whose Credential is %s', async (_case, credential) => {
    expect(failureOf(await world.post(path, { token: tokenWith(credential) }))).toBe('401 invalid_token');
    expect(world.takeCalls()).toEqual([]);
  });

  it('rejects a platform without a Credential and does nothing', async () => {
    const answer = await world.post(path, { platform: 'windows' });

    expect(failureOf(answer)).toBe('400 invalid_request');
    expect(answer.body).toMatchObject({ error: { message: 'platform is not in PUSH_CREDENTIAL_SIDS' } });
    expect(world.takeCalls()).toEqual([]);
  });

  it('rejects every platform if there are no Credentials', async () => {
    delete world.env['PUSH_CREDENTIAL_SIDS'];

    expect(failureOf(await world.post(path, { platform: 'ios' }))).toBe('400 invalid_request');
  });
});

describe('a token for push notifications', () => {
  const world = useFunctions({ PUSH_CREDENTIAL_SIDS: `ios=${IOS}` });

  it('opens the other Functions too', async () => {
    const { body } = await world.post<Visitor>('/token', { platform: 'ios' });

    expect((await world.post('/create-conversation', { token: body.token })).status).toBe(201);
  });
});
