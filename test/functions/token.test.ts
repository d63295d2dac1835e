import jwt from 'jsonwebtoken';
import { jwt as twilioJwt } from 'twilio';
import { failureOf, useFunctions, type Visitor } from '../support/functions-world';

describe('POST /token', () => {
  const world = useFunctions();
  const claimsOf = (token: string) =>
    jwt.verify(token, world.env['TWILIO_API_KEY_SECRET']!, { complete: true }) as {
      header: jwt.JwtHeader;
      payload: jwt.JwtPayload;
    };

  const tokenOfTwilio = (identity: string): string => {
    const { ACCOUNT_SID, TWILIO_API_KEY_SID, TWILIO_API_KEY_SECRET, CONVERSATIONS_SERVICE_SID } = world.env;
    const { AccessToken } = twilioJwt;
    const token = new AccessToken(ACCOUNT_SID!, TWILIO_API_KEY_SID!, TWILIO_API_KEY_SECRET!, {
      identity,
      ttl: 3600,
    });
    token.addGrant(new AccessToken.ChatGrant({ serviceSid: CONVERSATIONS_SERVICE_SID }));
    return token.toJwt();
  };

  it("issues an opaque identity and the token of Twilio's own class to a new visitor, without a call to Twilio", async () => {
    const { status, body, headers } = await world.post<Visitor>('/token', {});

    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body.identity).toMatch(
      /^visitor-[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    const { header, payload } = claimsOf(body.token);
    const theirs = claimsOf(tokenOfTwilio(body.identity));
    const { iat, jti, ...claims }: jwt.JwtPayload = theirs.payload;
    expect(header).toEqual(theirs.header);
    expect(payload).toEqual({
      ...claims,
      iat: payload.iat,
      exp: payload.iat! + 3600,
      jti: jti!.replace(String(iat), String(payload.iat)),
    });
    expect(body.expiresAt).toBe(new Date(payload.exp! * 1000).toISOString());
    expect(world.takeCalls()).toEqual([]);
  });

  it('never issues the same identity twice', async () => {
    const identities = await Promise.all(
      Array.from({ length: 20 }, async () => (await world.aVisitor()).identity),
    );

    expect(new Set(identities).size).toBe(20);
  });

  it('renews a token for the same identity', async () => {
    const { token, identity } = await world.aVisitor();

    const { status, body } = await world.post<Visitor>('/token', { token });

    expect(status).toBe(200);
    expect(body.identity).toBe(identity);
    expect(claimsOf(body.token).payload['grants'].identity).toBe(identity);
  });

  it('accepts no identity from the caller', async () => {
    const answer = await world.post('/token', { identity: 'customer' });

    expect(failureOf(answer)).toBe('400 invalid_request');
  });

  it('returns the maximum length of a message, and no hours if none are set', async () => {
    world.env['MAX_MESSAGE_CHARS'] = '500';

    const { body } = await world.post('/token', {});

    expect(body).toMatchObject({ maxMessageChars: 500 });
    expect(body).not.toHaveProperty('openHours');
  });

  it("leaves the SDK's own address without an emulator", async () => {
    expect((await world.post('/token', {})).body).toHaveProperty('clientOptions');

    delete world.env['TWILIO_REALTIME_URL'];

    expect((await world.post('/token', {})).body).not.toHaveProperty('clientOptions');
  });
});
