import { Contents } from '../../../emulator/content/domain';
import { ConversationsDomain } from '../../../emulator/conversations/domain';
import type { Actor } from '../../../emulator/conversations/model';
import { Clock } from '../../../emulator/core/clock';
import { twilioClient, useEmulator } from '../../support/emulator';

const BY_REST: Actor = { source: 'API', webhookEnabled: false };

describe('POST /emulator/limits', () => {
  const emulator = useEmulator();

  const v1 = () => twilioClient(emulator()).conversations.v1;
  const control = async (method: string, body?: object) => {
    const response = await fetch(`${emulator().url}/emulator/limits`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
  };
  const times = <Result>(count: number, call: () => Promise<Result>) =>
    Promise.allSettled(Array.from({ length: count }, call));
  const codes = (outcomes: PromiseSettledResult<unknown>[]) =>
    outcomes.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: number }).code] : []));
  const hold = () => jest.spyOn(Date, 'now').mockReturnValue(Date.now());

  it('is off at the start', async () => {
    expect((await control('GET')).body).toEqual({ conversationWrites: null, interactionRequests: null });
  });

  it("uses Twilio's rates by default", async () => {
    expect((await control('POST', {})).body).toEqual({ conversationWrites: 30, interactionRequests: 20 });
    expect((await control('POST', { conversationWrites: 5, interactionRequests: null })).body).toEqual({
      conversationWrites: 5,
      interactionRequests: null,
    });
    expect((await control('POST', { conversationWrites: 0 })).status).toBe(400);
  });

  describe('with 3 writes a second', () => {
    beforeEach(async () => {
      hold();
      await control('POST', { conversationWrites: 3 });
    });
    afterEach(() => jest.restoreAllMocks());

    it('answers 429 to more writes in one Conversation, and stores nothing', async () => {
      const { sid } = await v1().conversations.create();
      const other = await v1().conversations.create();

      const outcomes = await times(5, () => v1().conversations(sid).messages.create({ body: 'hi' }));

      expect(codes(outcomes)).toEqual([50063, 50063]);
      expect(await v1().conversations(sid).messages.list()).toHaveLength(3);
      await expect(v1().conversations(sid).update({ friendlyName: 'x' })).rejects.toMatchObject({
        status: 429,
        code: 50063,
      });
      await v1().conversations(other.sid).messages.create({ body: 'free' });
    });

    it('starts again after a second', async () => {
      const { sid } = await v1().conversations.create();
      const say = () => v1().conversations(sid).messages.create({ body: 'hi' });
      await times(3, say);

      emulator().world.clock.advance(999);
      // Rejected calls do not count.
      expect(codes(await times(3, say))).toEqual([50063, 50063, 50063]);
      emulator().world.clock.advance(1);

      await say();
    });

    it('answers 429 to more new Conversations in a Service', async () => {
      const outcomes = await times(5, () => v1().conversations.create());

      expect(codes(outcomes)).toEqual([50074, 50074]);
      expect(await v1().conversations.list()).toHaveLength(3);
    });

    it('answers 429 to more changes of Users in a Service', async () => {
      const { sid } = await v1().users.create({ identity: 'ada' });
      await v1().users(sid).update({ attributes: '{"vip":true}' });
      await v1().users(sid).update({ friendlyName: 'Ada L.' });

      const tooMany = { status: 429, code: 50074 };
      await expect(v1().users(sid).update({ friendlyName: 'Ada' })).rejects.toMatchObject(tooMany);
      await expect(v1().users.create({ identity: 'bob' })).rejects.toMatchObject(tooMany);
      await expect(v1().users(sid).remove()).rejects.toMatchObject(tooMany);
      expect(await v1().users(sid).fetch()).toMatchObject({ friendlyName: 'Ada L.' });
    });

    it('does not count reads', async () => {
      const { sid } = await v1().conversations.create();

      expect(codes(await times(10, () => v1().conversations(sid).fetch()))).toEqual([]);
    });

    it('is switched off by DELETE', async () => {
      expect(await control('DELETE')).toEqual({ status: 204, body: null });

      expect(codes(await times(5, () => v1().conversations.create()))).toEqual([]);
    });
  });

  it('limits the Interactions API by endpoint', async () => {
    hold();
    await control('POST', { interactionRequests: 2 });
    const { interaction } = twilioClient(emulator()).flexApi.v1;

    const outcomes = await times(3, () => interaction(`KD${'0'.repeat(32)}`).fetch());

    expect(codes(outcomes).sort()).toEqual([20404, 20404, 45780]);
    jest.restoreAllMocks();
  });
});

describe('Conversations has fixed limits', () => {
  const clock = new Clock();
  const domain = new ConversationsDomain(clock, `IS${'0'.repeat(32)}`, new Contents(clock));
  const create = () => domain.conversations.create(domain.defaultServiceSid, {}, BY_REST);
  const byPhone = (number: number) => ({
    messagingBinding: { address: `+1555${1_000_000 + number}`, proxyAddress: '+15550000000' },
  });
  afterAll(() => clock.clear());

  it('of 1,000 Conversations for an identity', () => {
    for (let count = 0; count < 1000; count++)
      domain.participants.add(create(), { identity: 'ada' }, BY_REST);

    expect(() => domain.participants.add(create(), { identity: 'ada' }, BY_REST)).toThrow(
      expect.objectContaining({ status: 400, code: 50214 }),
    );
    expect(domain.membershipsOf(domain.defaultServiceSid, 'ada')).toHaveLength(1000);
    domain.participants.add(create(), { identity: 'bob' }, BY_REST);
  });

  it('of 100 Participants, 50 of them not on chat', () => {
    const conversation = create();
    for (let count = 0; count < 50; count++) domain.participants.add(conversation, byPhone(count), BY_REST);
    expect(() => domain.participants.add(conversation, byPhone(50), BY_REST)).toThrow(
      expect.objectContaining({ status: 400, code: 50418 }),
    );

    for (let count = 0; count < 50; count++) {
      domain.participants.add(conversation, { identity: `visitor-${count}` }, BY_REST);
    }

    expect(() => domain.participants.add(conversation, { identity: 'one-more' }, BY_REST)).toThrow(
      expect.objectContaining({ status: 400, code: 50417 }),
    );
  });
});
