/** The emulator's checks of an Access Token, claim by claim, and the error code of each. */
import { sign, type SignOptions } from 'jsonwebtoken';
import { createSid } from '../../../emulator/core/sids';
import { useEmulator } from '../../support/emulator';

const HEADER = { alg: 'HS256', typ: 'JWT', cty: 'twilio-fpa;v=1' };

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('an Access Token', () => {
  const emulator = useEmulator({ kept: true });

  function aToken(claims: object = {}, header: object = {}, options: SignOptions = {}): string {
    const { accountSid, apiKeySid, apiKeySecret, conversationsServiceSid } = emulator().account;
    const now = Math.floor(Date.now() / 1000);
    const payload = {
      iss: apiKeySid,
      sub: accountSid,
      iat: now,
      exp: now + 3600,
      grants: { identity: 'ada', chat: { service_sid: conversationsServiceSid } },
      ...claims,
    };
    const secret = (header as { alg?: string }).alg === 'none' ? '' : apiKeySecret;
    return sign(JSON.parse(JSON.stringify(payload)), secret, {
      header: { ...HEADER, ...header } as never,
      ...options,
    });
  }

  const now = () => Math.floor(Date.now() / 1000);
  const check = (token: unknown) => emulator().world.realtime.checkToken(token);

  it('is accepted if every claim is valid', () => {
    const exp = now() + 60;

    expect(check(aToken({ exp }))).toMatchObject({
      identity: 'ada',
      chatServiceSid: emulator().account.conversationsServiceSid,
      expiresAt: exp * 1000,
    });
  });

  it('may live for a whole day', () => {
    const iat = now();

    expect(check(aToken({ iat, exp: iat + 86_400 })).identity).toBe('ada');
  });

  it.each<[string, number, number, () => unknown]>([
    ['no token at all', 401, 20101, () => undefined],
    ['text of another kind', 401, 20101, () => 'a.b.c'],
    ['a payload that is not JSON', 401, 20101, () => [encode(HEADER), 'eA', 'eA'].join('.')],
    ['a payload that is null', 401, 20101, () => [encode(HEADER), encode(null), 'eA'].join('.')],
    ['without a signature (alg none)', 401, 20101, () => aToken({}, { alg: 'none' }, { algorithm: 'none' })],
    ['with another algorithm', 401, 20101, () => aToken({}, { alg: 'HS512' }, { algorithm: 'HS512' })],
    ['without the content type', 401, 20101, () => aToken({}, { cty: undefined })],
    ['of another API key', 401, 20103, () => aToken({ iss: createSid('SK') })],
    ['of another account', 401, 20103, () => aToken({ sub: createSid('AC') })],
    ['that ended a second ago', 401, 20104, () => aToken({ exp: now() - 1 })],
    ['without an end', 401, 20104, () => aToken({ exp: undefined })],
    ['that starts later', 401, 20105, () => aToken({ nbf: now() + 60 })],
    ['without grants', 401, 20106, () => aToken({ grants: undefined })],
    ['without an identity', 401, 20106, () => aToken({ grants: { chat: { service_sid: 'IS' } } })],
    ['without a chat grant', 401, 20106, () => aToken({ grants: { identity: 'ada' } })],
    [
      'whose identity is too long',
      401,
      20106,
      () => aToken({ grants: { identity: 'x'.repeat(257), chat: { service_sid: 'IS' } } }),
    ],
    ['that lives a second longer than a day', 401, 20157, () => aToken({ iat: now(), exp: now() + 86_402 })],
    [
      'for an unknown Service',
      403,
      54007,
      () => aToken({ grants: { identity: 'ada', chat: { service_sid: createSid('IS') } } }),
    ],
  ])('is rejected: %s (%i, %i)', (_case, status, code, token) => {
    expect(() => check(token())).toThrow(expect.objectContaining({ status, code }));
  });

  it('is rejected with a modified signature', () => {
    const [header, , signature] = aToken().split('.');
    const [, payload] = aToken({
      grants: { identity: 'eve', chat: { service_sid: emulator().account.conversationsServiceSid } },
    }).split('.');

    expect(() => check([header, payload, signature].join('.'))).toThrow(
      expect.objectContaining({ status: 401, code: 20107 }),
    );
  });
});
