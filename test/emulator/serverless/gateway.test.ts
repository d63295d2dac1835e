/** The documented behaviour of the cloud for a call, over HTTP on a deployed build. */
import twilio from 'twilio';
import { useEmulator } from '../../support/emulator';
import { deploy as deployTo, type Files } from './deploy';

const ECHO = `exports.handler = (context, event, callback) => callback(null, { event, context });`;
const emulator = useEmulator({ kept: true });

let base: string;

function deploy(files: Files): string {
  const domain = deployTo(emulator(), files);
  base = `${emulator().url}/${domain}`;
  return domain;
}

const echo = async (path: string, init?: RequestInit) =>
  (await (await fetch(base + path, init)).json()) as {
    event: Record<string, unknown> & { request: { headers: Record<string, string>; cookies: object } };
    context: Record<string, string>;
  };

it('makes one event of query and body, and of the headers that Functions may see', async () => {
  deploy({ functions: { '/echo': ECHO } });

  const { event } = await echo('/echo?a=1&b=2', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      cookie: 'seen=yes',
      referer: 'https://example.com',
      via: '1.1 x',
      'x-forwarded-for': '203.0.113.7',
      'x-own': 'kept',
    },
    body: JSON.stringify({ b: 3, nested: { c: true } }),
  });

  expect(event).toMatchObject({ a: '1', b: 3, nested: { c: true } });
  expect(event.request.cookies).toEqual({ seen: 'yes' });
  expect(event.request.headers).toMatchObject({ 'x-own': 'kept' });
  for (const hidden of ['host', 'referer', 'via', 'x-forwarded-for', 'connection']) {
    expect(event.request.headers).not.toHaveProperty(hidden);
  }
});

it('reads forms, and ignores other kinds of body', async () => {
  deploy({ functions: { '/echo': ECHO } });

  const form = await echo('/echo', { method: 'POST', body: new URLSearchParams('a=1&a=2&b=x') });
  const plain = await echo('/echo', {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: '{"a":1}',
  });

  expect(form.event).toMatchObject({ a: ['1', '2'], b: 'x' });
  expect(Object.keys(plain.event)).toEqual(['request']);
});

it('shows a Function its own path in the context', async () => {
  const domain = deploy({ functions: { '/echo': ECHO } });
  const { account, world } = emulator();

  const { context } = await echo('/echo');

  expect(context).toMatchObject({
    DOMAIN_NAME: domain,
    PATH: '/echo',
    SERVICE_SID: world.serverless.services.list().at(-1)!.sid,
    ACCOUNT_SID: account.accountSid,
    AUTH_TOKEN: account.authToken,
  });
  expect(context['ENVIRONMENT_SID']).toMatch(/^ZE/);
});

it('answers preflight itself, for every origin', async () => {
  deploy({ functions: { '/echo': ECHO } });

  const response = await fetch(`${base}/echo`, { method: 'OPTIONS' });

  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('access-control-allow-headers')).toBe('*');
  expect(await response.text()).toBe('');
});

it.each(['PUT', 'DELETE', 'PATCH'])('rejects %s', async (method) => {
  deploy({ functions: { '/echo': ECHO } });

  expect((await fetch(`${base}/echo`, { method })).status).toBe(405);
});

it('rejects headers beyond the limit of the cloud', async () => {
  deploy({ functions: { '/echo': ECHO } });
  const many = Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`x-${index}`, '1']));

  expect((await fetch(`${base}/echo`, { headers: many })).status).toBe(431);
  expect((await fetch(`${base}/echo`, { headers: { 'x-long': 'x'.repeat(15_400) } })).status).toBe(431);
});

it('lets only signed calls through to protected Functions', async () => {
  const domain = deploy({ functions: { '/events': ECHO }, visibility: 'protected' });
  const parameters = { EventType: 'onConversationAdded', ConversationSid: 'CH1' };
  const send = (signature?: string): Promise<Response> =>
    fetch(`${base}/events`, {
      method: 'POST',
      headers: signature === undefined ? {} : { 'x-twilio-signature': signature },
      body: new URLSearchParams(parameters),
    });
  const sign = (token: string): string =>
    twilio.getExpectedTwilioSignature(token, `https://${domain}/events`, parameters);

  expect((await send()).status).toBe(400);
  expect((await send(sign('another token'))).status).toBe(400);
  expect((await send(sign(emulator().account.authToken))).status).toBe(200);
});

it('has no URL for private assets', async () => {
  deploy({ functions: { '/tool': ECHO }, assets: { '/secret.js': 'x' }, visibility: 'private' });

  expect((await fetch(`${base}/tool`)).status).toBe(404);
  expect((await fetch(`${base}/secret.js`)).status).toBe(404);
});

it.each([
  ['a string', `callback(null, 'text')`, 200, 'text/plain', 'text'],
  ['an object', `callback(null, { a: 1 })`, 200, 'application/json', '{"a":1}'],
  ['nothing', `callback()`, 200, 'text/plain', ''],
  [
    'an error',
    `callback(new Error('broken'))`,
    500,
    'application/json',
    '{"message":"broken","name":"Error"}',
  ],
  ['a throw', `throw new TypeError('bad')`, 500, 'application/json', '{"message":"bad","name":"TypeError"}'],
  ['a second callback', `callback(null, 'one'); callback(null, 'two')`, 200, 'text/plain', 'one'],
  [
    'a Response',
    `callback(null, new Twilio.Response().setStatusCode(201).setBody({ a: 1 }).appendHeader('X-A', '1').setCookie('k', 'v', ['Secure']))`,
    201,
    'application/json',
    '{"a":1}',
  ],
])('turns %s into an answer', async (_what, code, status, type, body) => {
  deploy({ functions: { '/f': `exports.handler = (context, event, callback) => { ${code} };` } });

  const response = await fetch(`${base}/f`);

  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toMatch(type);
  expect(await response.text()).toBe(body);
  if (status === 201)
    expect([...response.headers]).toEqual(
      expect.arrayContaining([
        ['x-a', '1'],
        ['set-cookie', 'k=v;Secure'],
      ]),
    );
});

it('ends a call after ten seconds, and serves the next', async () => {
  const slow = `exports.handler = (context, event, callback) => { console.log('waiting'); if (event.fast) callback(null, 'fast'); };`;
  deploy({ functions: { '/slow': slow } });

  const pending = fetch(`${base}/slow`);
  await untilLogged('waiting');
  emulator().world.clock.advance(10_000);
  const response = await pending;

  expect(response.status).toBe(504);
  expect(logged()).toContain('ERROR runtime application timed out');
  expect(await (await fetch(`${base}/slow?fast=1`)).text()).toBe('fast');
});

it('survives a Function that ends its process', async () => {
  deploy({
    functions: {
      '/die': `exports.handler = async () => { throw new Error('not caught'); };`,
      '/live': `exports.handler = (context, event, callback) => callback(null, 'alive');`,
    },
  });

  expect((await fetch(`${base}/die`)).status).toBe(500);
  expect(await (await fetch(`${base}/live`)).text()).toBe('alive');
});

it('keeps an instance warm between calls, and starts a new one with the next deployment', async () => {
  const counter = `let calls = 0; exports.handler = (context, event, callback) => callback(null, ++calls + (context.TONE || ''));`;
  deploy({ functions: { '/count': counter } });
  const count = async (): Promise<string> => (await fetch(`${base}/count`)).text();

  expect([await count(), await count()]).toEqual(['1', '2']);
  const { environments, services } = emulator().world.serverless;
  const [environment] = environments.ofService(services.list().at(-1)!.sid);
  environments.setVariable(environment!, 'TONE', '!');
  emulator().world.serverless.changed(environment!);
  expect(await count()).toBe('1!');
});

it('finds the declared dependencies and no other package', async () => {
  const ask = (name: string): string =>
    `exports.handler = (context, event, callback) => callback(null, typeof require('${name}'));`;
  deploy({
    functions: { '/declared': ask('jsonwebtoken'), '/undeclared': ask('fastify') },
    dependencies: JSON.stringify([{ name: 'jsonwebtoken', version: '9.0.3' }]),
  });

  expect(await (await fetch(`${base}/declared`)).text()).toBe('object');
  expect(await (await fetch(`${base}/undeclared`)).text()).toContain(`Cannot find module 'fastify'`);
});

it('breaks a relative require, like the flat layout of the cloud', async () => {
  deploy({
    functions: { '/f': `require('./helper'); exports.handler = (context, event, callback) => callback();` },
    assets: { '/helper.js': '' },
  });

  expect(await (await fetch(`${base}/f`)).text()).toContain(`Cannot find module './helper'`);
});

function logged(): string[] {
  const { environments, services } = emulator().world.serverless;
  const [environment] = environments.ofService(services.list().at(-1)!.sid);
  return emulator()
    .world.serverless.logsOf(environment!.sid)
    .map(({ level, message }) => `${level} ${message}`);
}

function untilLogged(message: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = emulator().world.serverless.events.on('logged', ({ log }) => {
      if (log.message !== message) return;
      stop();
      resolve();
    });
  });
}
