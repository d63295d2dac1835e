/** The site's hook, a real server, and a library of Standard Webhooks that verifies what arrives. */
import { Webhook } from 'standardwebhooks';
import { callHook, type HookEvent } from '../../../src/assets/http/outbound-hook.private';
import { Receiver } from '../../support/receiver';

const SITE_HOOK_SECRET = 'the hook and the Functions share it';
const EVENT: HookEvent = { id: 'left-1', type: 'message.left', data: { text: 'Grüße 👋' } };
const verifier = new Webhook(Buffer.from(SITE_HOOK_SECRET).toString('base64'));

let site: Receiver;
beforeEach(async () => {
  site = await Receiver.start();
});
afterEach(() => site.stop());

const call = (nowMs?: number) => callHook({ SITE_HOOK_URL: site.url, SITE_HOOK_SECRET }, EVENT, nowMs);

it('receives an event that a library verifies', async () => {
  await call();
  const [{ body, headers }] = site.received as [(typeof site.received)[number]];
  expect(headers['webhook-id']).toBe(EVENT.id);
  expect(verifier.verify(body, headers as Record<string, string>)).toEqual({
    type: EVENT.type,
    timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
    data: EVENT.data,
  });
});

it('can recognise a changed and an old event', async () => {
  await call();
  await call(Date.now() - 3_600_000);
  const [fresh, old] = site.received as [(typeof site.received)[number], (typeof site.received)[number]];
  const headers = fresh.headers as Record<string, string>;
  expect(() => verifier.verify(fresh.body.replace('Grüße', 'Gruesse'), headers)).toThrow('signature');
  expect(() => verifier.verify(fresh.body, { ...headers, 'webhook-id': 'left-2' })).toThrow('signature');
  expect(() => verifier.verify(old.body, old.headers as Record<string, string>)).toThrow('timestamp too old');
});

it.each([
  [200, 'accepted'],
  [204, 'accepted'],
  [302, 'hook_error'],
  [400, 'hook_error'],
  [401, 'hook_error'],
  [408, 'hook_unavailable'],
  [429, 'hook_unavailable'],
  [503, 'hook_unavailable'],
])('answers %i: %s', async (status, outcome) => {
  site.answer = { status };
  const answered = await call().then(
    () => 'accepted',
    (error: { code?: string }) => error.code,
  );
  expect(answered).toBe(outcome);
  expect(site.received).toHaveLength(1);
});

it('is down: the event can be sent again', async () => {
  await site.stop();
  await expect(call()).rejects.toMatchObject({ code: 'hook_unavailable' });
});
