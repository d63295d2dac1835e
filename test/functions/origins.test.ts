/** Which pages may call, and what they may send without a preflight. */
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { pathsWithAccess } from '../support/functions';
import { failureOf, useFunctions } from '../support/functions-world';
import { accessToken, userToken } from '../support/tokens';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('origins', () => {
  const world = useFunctions();

  beforeEach(() => {
    world.env['ALLOWED_ORIGINS'] =
      'https://shop.example, https://*.example.com,http://localhost:3000,https://*.pay.example:8443';
  });

  it('an allowed page, and no other one, can read that another setting is wrong', async () => {
    world.env['TOKEN_TTL_SECONDS'] = 'an hour';
    const ask = async (origin: string) => {
      const reply = await world.post('/token', {}, { origin });
      return [failureOf(reply), reply.headers.get('access-control-allow-origin')];
    };

    expect(await ask('https://shop.example')).toEqual(['500 misconfigured', 'https://shop.example']);
    expect(await ask('https://evil.example')).toEqual(['500 misconfigured', null]);
  });

  describe.each(pathsWithAccess('newcomer'))('of POST %s', (path) => {
    it.each([
      'https://shop.example',
      'https://www.example.com',
      'https://a-1.example.com',
      'http://localhost:3000',
      'https://eu.pay.example:8443',
    ])('%s is allowed, and named in the response', async (origin) => {
      const { status, headers } = await world.post(path, {}, { origin });

      expect(status).toBe(200);
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('vary')).toBe('Origin');
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    });

    it.each(['http://localhost:5173', 'http://127.0.0.1:1', 'http://[::1]:8080', 'https://localhost'])(
      '%s is allowed if the list contains loopback',
      async (origin) => {
        world.env['ALLOWED_ORIGINS'] = 'https://shop.example,loopback';

        const { status, headers } = await world.post(path, {}, { origin });

        expect([status, headers.get('access-control-allow-origin')]).toEqual([200, origin]);
      },
    );

    it.each([
      'http://localhost.evil.example',
      'http://127.0.0.1.evil.example:80',
      'http://evil.example:3000',
      'http://localhost:5173/',
      'http://user@localhost',
      'http://[::1',
      'loopback',
      'null',
    ])('%s is not this machine', async (origin) => {
      world.env['ALLOWED_ORIGINS'] = 'loopback';

      expect(failureOf(await world.post(path, {}, { origin }))).toBe('403 origin_not_allowed');
    });

    it('its own pages are always allowed', async () => {
      // The local runtime uses this domain; in the cloud it is the deployment's.
      const { status, headers } = await world.post(path, {}, { origin: 'https://localhost' });

      expect(status).toBe(200);
      expect(headers.get('access-control-allow-origin')).toBe('https://localhost');
    });

    it.each([
      ['another site', 'https://evil.example'],
      ['another scheme', 'http://shop.example'],
      ['another port', 'https://shop.example:444'],
      ['a subdomain of an exact origin', 'https://www.shop.example'],
      ['a longer name', 'https://shop.example.evil.example'],
      ['a name that only ends alike', 'https://evilshop.example'],
      ['no label for a wildcard', 'https://example.com'],
      ['an empty label', 'https://.example.com'],
      ['two labels for a wildcard', 'https://a.b.example.com'],
      ['a name that only ends like the wildcard', 'https://evilexample.com'],
      ['something in the label', 'https://evil.example/.example.com'],
      ['a user in the label', 'https://evil.example:x@.example.com'],
      ['the wildcard itself', 'https://*.example.com'],
      ['upper case', 'https://SHOP.EXAMPLE'],
      ['a path', 'https://shop.example/'],
      ['a sandboxed page', 'null'],
      ['nothing in the header', ''],
      ['two origins', 'https://shop.example https://evil.example'],
    ])('%s is rejected before any other check', async (_case, origin) => {
      const answer = await world.post(path, { token: accessToken(world.env) }, { origin });

      expect(failureOf(answer)).toBe('403 origin_not_allowed');
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(answer.headers.get('vary')).toBe('Origin');
      expect(world.takeCalls()).toEqual([]);
    });

    it('are named in errors too, so that the page can read them', async () => {
      const { headers, ...answer } = await world.post(
        path,
        { friendlyName: 7 },
        { origin: 'https://shop.example' },
      );

      expect(failureOf({ headers, ...answer })).toBe('400 invalid_request');
      expect(headers.get('access-control-allow-origin')).toBe('https://shop.example');
    });

    it('cannot be set in the body', async () => {
      const forged = { headers: { origin: 'https://shop.example' } };

      const answer = await world.post(path, { request: forged }, { origin: 'https://evil.example' });

      expect(failureOf(answer)).toBe('400 invalid_request');
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    });

    it('are required from a caller without a token', async () => {
      const answer = await withoutOrigin(path, '{}', { 'content-type': 'application/json' });

      expect(failureOf(answer)).toBe('403 origin_not_allowed');
      expect(world.takeCalls()).toEqual([]);
    });

    it.each(['{"token":""}', '{"token":"x"}', '{"humanCheck":"x"}'])(
      'are not replaced by something that proves nothing: %s',
      async (body) => {
        const answer = await withoutOrigin(path, body, { 'content-type': 'application/json' });

        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(world.takeCalls()).toEqual([]);
      },
    );

    it('may be missing if another server sends a token or a userToken', async () => {
      world.env['USER_TOKEN_SECRET'] = 'u'.repeat(32);
      const proofs = [{ token: accessToken(world.env) }, { userToken: userToken('u'.repeat(32)) }];

      for (const proof of proofs) {
        const answer = await withoutOrigin(path, JSON.stringify(proof), {
          'content-type': 'application/json',
        });

        expect(answer.status).toBe(200);
        expect(answer.headers.get('access-control-allow-origin')).toBeNull();
        expect(answer.headers.get('vary')).toBe('Origin');
      }
    });
  });

  it('may be missing if the list contains no-origin, for apps and scripts', async () => {
    world.env['ALLOWED_ORIGINS'] = 'https://shop.example,no-origin';
    const json = { 'content-type': 'application/json' };

    expect((await withoutOrigin('/start-chat', '{}', json)).status).toBe(200);
    expect((await withoutOrigin('/start-chat', '{}', { 'content-type': 'text/plain' })).status).toBe(415);
    for (const origin of ['no-origin', 'null', '', 'https://evil.example']) {
      expect(failureOf(await world.post('/start-chat', {}, { origin }))).toBe('403 origin_not_allowed');
    }
  });

  it('are not read from a repeated header', async () => {
    const asked = request(`${world.functions.url}/start-chat`, {
      method: 'POST',
      headers: {
        Origin: ['https://shop.example', 'https://evil.example'],
        'Content-Type': 'application/json',
      },
    }).end('{}');
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    response.resume();

    expect(response.statusCode).toBe(400);
    expect(response.headers['access-control-allow-origin']).toBeUndefined();
    expect(world.takeCalls()).toEqual([]);
  });

  it('allow a form from the same origins as JSON', async () => {
    const form = new URLSearchParams({ friendlyName: 'Ada L.' }).toString();

    const allowed = await world.post('/start-chat', form, { ...FORM, origin: 'https://shop.example' });
    const foreign = await world.post('/start-chat', form, { ...FORM, origin: 'https://evil.example' });
    const unnamed = await withoutOrigin('/start-chat', form, FORM);

    expect(allowed.status).toBe(200);
    expect([failureOf(foreign), failureOf(unnamed)]).toEqual(Array(2).fill('403 origin_not_allowed'));
  });

  it.each([
    ['text/plain', '{"friendlyName":"Ada L."}'],
    ['text/plain;charset=UTF-8', '{}'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/xml', '<a/>'],
    ['application/csp-report', '{}'],
    ['application/json-patch+json', '[]'],
    ['', '{}'],
  ])('cannot start a chat with content type "%s"', async (type, body) => {
    const answer = await world.post('/start-chat', body, {
      'content-type': type,
      origin: 'https://shop.example',
    });

    expect(failureOf(answer)).toBe('415 unsupported_content_type');
    expect(world.takeCalls()).toEqual([]);
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])(
    'can start one with content type "%s"',
    async (type) => {
      const answer = await world.post(
        '/start-chat',
        {},
        {
          'content-type': type,
          origin: 'https://shop.example',
        },
      );

      expect(answer.status).toBe(200);
    },
  );

  it.each(['/start-chat', '/token', '/start-chat?friendlyName=Ada'])(
    'cannot start a chat with an <img>: GET %s',
    async (path) => {
      const response = await fetch(world.functions.url + path, {
        headers: { origin: 'https://shop.example' },
      });

      expect(
        failureOf({
          ...response,
          status: response.status,
          headers: response.headers,
          body: await response.json(),
        }),
      ).toBe('415 unsupported_content_type');
      expect(world.takeCalls()).toEqual([]);
    },
  );

  async function withoutOrigin(path: string, body: string, headers: Record<string, string>) {
    const response = await fetch(world.functions.url + path, { method: 'POST', body, headers });
    return { status: response.status, headers: response.headers, body: (await response.json()) as unknown };
  }
});
