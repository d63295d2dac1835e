/** The optional human check, against a small siteverify server. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathsWithAccess } from '../support/functions';
import { failureOf, useFunctions, type Visitor } from '../support/functions-world';
import { userToken } from '../support/tokens';

const SECRET = 'the human check shares this secret';

describe('the human check', () => {
  const world = useFunctions({ USER_TOKEN_SECRET: 'u'.repeat(32) });
  let siteverify: Server;
  let asked: Record<string, string>[];
  let answer: (form: Record<string, string>) => { status?: number; body: string; location?: string };

  beforeAll(async () => {
    siteverify = createServer(async (request, response) => {
      const form = Object.fromEntries(new URLSearchParams(await textOf(request)));
      asked.push(form);
      const { status = 200, body, location } = answer(form);
      response
        .writeHead(status, { 'content-type': 'application/json', ...(location && { location }) })
        .end(body);
    });
    await new Promise<void>((resolve) => siteverify.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => siteverify.close());
  beforeEach(() => {
    asked = [];
    answer = ({ response }) => ({ body: JSON.stringify({ success: response === 'i am human' }) });
    const { port } = siteverify.address() as AddressInfo;
    world.env['HUMAN_CHECK_URL'] = `http://127.0.0.1:${port}/siteverify`;
    world.env['HUMAN_CHECK_SECRET'] = SECRET;
  });

  it.each(pathsWithAccess('newcomer'))('admits a visitor who has passed it at %s', async (path) => {
    expect((await world.post(path, { humanCheck: 'i am human' })).status).toBe(200);
    expect(asked).toEqual([{ secret: SECRET, response: 'i am human' }]);
  });

  it.each(pathsWithAccess('newcomer'))('rejects others at %s, before anything is created', async (path) => {
    expect(failureOf(await world.post(path, { humanCheck: 'beep' }))).toBe('403 human_check_failed');
    expect(world.takeCalls()).toEqual([]);
  });

  it.each(pathsWithAccess('newcomer'))('is not called at %s without a token', async (path) => {
    expect(failureOf(await world.post(path, {}))).toBe('403 human_check_failed');
    expect(asked).toEqual([]);
    expect(world.takeCalls()).toEqual([]);
  });

  describe('with more than a yes or no', () => {
    const check = async (verdict: object) => {
      answer = () => ({ body: JSON.stringify({ success: true, ...verdict }) });
      const { status } = await world.post('/start-chat', { humanCheck: 'an answer' });
      return status;
    };

    it.each([
      [0.1, 403],
      [0.49, 403],
      [0.5, 200],
      [0.9, 200],
      [undefined, 200],
    ])('with a score of %p is answered with %i', async (score, status) => {
      expect(await check({ score })).toBe(status);
    });

    it('with a higher or lower minimum score', async () => {
      world.env['HUMAN_CHECK_MIN_SCORE'] = '0.8';
      expect(await check({ score: 0.7 })).toBe(403);

      world.env['HUMAN_CHECK_MIN_SCORE'] = '0';
      expect(await check({ score: 0 })).toBe(200);
    });

    it('was passed on an allowed page', async () => {
      world.env['HUMAN_CHECK_HOSTNAMES'] = 'www.example.com, shop.example.com';

      expect(await check({ hostname: 'shop.example.com' })).toBe(200);
      expect(await check({ hostname: 'evil.example' })).toBe(403);
      expect(await check({})).toBe(403);
    });

    it('was passed for a chat', async () => {
      world.env['HUMAN_CHECK_ACTION'] = 'chat';

      expect(await check({ action: 'chat' })).toBe(200);
      expect(await check({ action: 'login' })).toBe(403);
      expect(await check({})).toBe(403);
    });
  });

  it('happens once: renewing and starting with the token need no other', async () => {
    const { body } = await world.post<Visitor>('/token', { humanCheck: 'i am human' });

    expect((await world.post('/token', { token: body.token })).status).toBe(200);
    expect((await world.post('/start-chat', { token: body.token })).status).toBe(200);
    expect(asked).toHaveLength(1);
  });

  it('does not apply to users of the host site', async () => {
    expect((await world.post('/start-chat', { userToken: userToken('u'.repeat(32)) })).status).toBe(200);
    expect(asked).toEqual([]);
  });

  it.each([
    ['a word for success', { body: '{"success":"true"}' }, '403 human_check_failed'],
    ['no verdict', { body: '{}' }, '403 human_check_failed'],
    ['null', { body: 'null' }, '403 human_check_failed'],
    ['a page', { body: '<html>' }, '503 human_check_unavailable'],
    [
      'an address elsewhere',
      { status: 302, body: '', location: 'http://127.0.0.1:1/' },
      '503 human_check_unavailable',
    ],
  ])('rejects the visitor when its service answers with %s', async (_case, reply, expected) => {
    answer = () => reply;

    const { body, status } = await world.post<{ error: { code: string } }>('/start-chat', {
      humanCheck: 'i am human',
    });

    expect(`${status} ${body.error.code}`).toBe(expected);
    expect(world.takeCalls()).toEqual([]);
  });

  it('rejects the visitor when its service is unreachable', async () => {
    world.env['HUMAN_CHECK_URL'] = 'http://127.0.0.1:1/siteverify';

    const { body, status } = await world.post<{ error: { code: string } }>('/token', {
      humanCheck: 'i am human',
    });

    expect(`${status} ${body.error.code}`).toBe('503 human_check_unavailable');
  });

  it('rejects a token that is too long without a call', async () => {
    expect(failureOf(await world.post('/token', { humanCheck: 'x'.repeat(4097) }))).toBe(
      '400 invalid_request',
    );
    expect(asked).toEqual([]);
  });
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
