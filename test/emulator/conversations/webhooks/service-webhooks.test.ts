import twilio from 'twilio';
import { next } from '../../realtime/events';
import { ChatWorld } from '../../realtime/sdk';
import { twilioClient } from '../../../support/emulator';
import { Receiver } from '../../../support/receiver';

describe('the webhooks of a Service', () => {
  let chat: ChatWorld;
  let receiver: Receiver;

  beforeEach(async () => {
    chat = await ChatWorld.start('@twilio/conversations');
    receiver = await Receiver.start();
  });
  afterEach(async () => {
    await chat.stop();
    await receiver.stop();
  });

  const v1 = () => twilioClient(chat.emulator).conversations.v1;
  const configure = (settings: object) =>
    v1().services(chat.serviceSid).configuration.webhooks().update(settings);
  const preEvents = (...filters: string[]) =>
    configure({ preWebhookUrl: `${receiver.url}/pre`, filters, method: 'POST' });
  const answerWith = (modified: object) => (receiver.answer = { body: JSON.stringify(modified) });
  const enabled = { xTwilioWebhookEnabled: 'true' } as const;
  const bodiesOf = async (sid: string) =>
    (await v1().conversations(sid).messages.list()).map(({ author, body }) => `${author}: ${body}`);

  describe('before an event', () => {
    it('are called, signed, with the planned change', async () => {
      await preEvents('onMessageAdd');
      const { sid } = chat.aConversation(['ada']);

      await v1()
        .conversations(sid)
        .messages.create({ author: 'ada', body: 'hi', ...enabled });

      const [form] = receiver.forms as [Record<string, string>];
      expect(form).toEqual({
        AccountSid: chat.emulator.account.accountSid,
        EventType: 'onMessageAdd',
        Source: 'API',
        ChatServiceSid: chat.serviceSid,
        ConversationSid: sid,
        Author: 'ada',
        Body: 'hi',
      });
      const signature = String(receiver.received[0]!.headers['x-twilio-signature']);
      const { authToken } = chat.emulator.account;
      expect(twilio.validateRequest(authToken, signature, `${receiver.url}/pre`, form)).toBe(true);
      expect(await bodiesOf(sid)).toEqual(['ada: hi']);
    });

    it('may modify a message and the name of a Conversation', async () => {
      await preEvents('onMessageAdd', 'onConversationAdd', 'onConversationUpdate');
      answerWith({ friendly_name: 'Renamed', body: 'nothing', unique_name: 'nope' });

      const made = await v1().conversations.create({ friendlyName: 'Mine', ...enabled });
      expect(made).toMatchObject({ friendlyName: 'Renamed', uniqueName: null });
      answerWith({ body: '***', author: 'filter', attributes: '{"clean":true}' });
      const message = await v1()
        .conversations(made.sid)
        .messages.create({ author: 'ada', body: 'damn', ...enabled });

      expect(message).toMatchObject({ body: '***', author: 'filter', attributes: '{"clean":true}' });
    });

    it('may modify messages from the SDK before others see them', async () => {
      await preEvents('onMessageAdd');
      answerWith({ body: '***' });
      const record = chat.aConversation(['ada', 'bob']);
      const ada = await chat.connect('ada');
      const bob = await chat.connect('bob');
      const view = await chat.joined(ada, record);
      const seen = next<{ body: string }>(await chat.joined(bob, record), 'messageAdded');

      await view.sendMessage('damn');

      expect((await seen).body).toBe('***');
      expect(receiver.forms[0]).toMatchObject({ Source: 'SDK', ClientIdentity: 'ada', Body: 'damn' });
      expect(await bodiesOf(record.sid)).toEqual(['ada: ***']);
    });

    it('leave what the client has sent in the journal', async () => {
      await preEvents('onConversationAdd');
      answerWith({ friendly_name: 'Renamed' });

      await v1().conversations.create({ friendlyName: 'Mine', ...enabled });

      expect(chat.emulator.journal.entries.at(-1)!.form).toMatchObject({ FriendlyName: 'Mine' });
    });

    it('may modify only what Twilio allows', async () => {
      await preEvents('onConversationAdd', 'onParticipantAdd');
      answerWith({ friendly_name: 'Renamed', unique_name: 'nope', identity: 'eve' });
      const ada = await chat.connect('ada');

      const view = await ada.createConversation({ friendlyName: 'Mine' });
      await view.join();

      expect([view.friendlyName, view.uniqueName]).toEqual(['Renamed', null]);
      expect(chat.domain.participants.ofConversation(view.sid).map(({ identity }) => identity)).toEqual([
        'ada',
      ]);
    });

    it.each([400, 403, 503])('reject with HTTP %i, and nothing changes', async (status) => {
      await preEvents('onMessageAdd', 'onParticipantAdd', 'onConversationRemove');
      receiver.answer = { status };
      const { sid } = chat.aConversation();
      const conversation = v1().conversations(sid);
      const refusal = { status: 403, code: 20403 };

      await expect(conversation.messages.create({ body: 'hi', ...enabled })).rejects.toMatchObject(refusal);
      await expect(conversation.participants.create({ identity: 'eve', ...enabled })).rejects.toMatchObject(
        refusal,
      );
      await expect(conversation.remove(enabled)).rejects.toMatchObject(refusal);

      expect(await conversation.participants.list()).toEqual([]);
      expect(await bodiesOf(sid)).toEqual([]);
    });

    it('reject a call of the SDK, which gets the error', async () => {
      await preEvents('onMessageAdd');
      receiver.answer = { status: 403 };
      const record = chat.aConversation(['ada']);
      const view = await chat.joined(await chat.connect('ada'), record);

      await expect(view.sendMessage('hi')).rejects.toMatchObject({ status: 403 });

      expect(await bodiesOf(record.sid)).toEqual([]);
    });

    it('let every event pass if they do not answer within five seconds', async () => {
      await preEvents('onMessageAdd');
      receiver.answer = 'silence';
      const { sid } = chat.aConversation();
      const sending = v1()
        .conversations(sid)
        .messages.create({ author: 'ada', body: 'hi', ...enabled });

      await receiver.until(1);
      chat.emulator.world.clock.advance(3_000);
      expect(await bodiesOf(sid)).toEqual([]);
      chat.emulator.world.clock.advance(2_000);
      await sending;

      expect(await bodiesOf(sid)).toEqual(['ada: hi']);
    });

    it('let every event pass if the receiver is unreachable or the answer is not JSON', async () => {
      await preEvents('onMessageAdd');
      receiver.answer = { body: 'fine' };
      const { sid } = chat.aConversation();
      await v1()
        .conversations(sid)
        .messages.create({ author: 'ada', body: 'one', ...enabled });

      await receiver.stop();
      await v1()
        .conversations(sid)
        .messages.create({ author: 'ada', body: 'two', ...enabled });

      expect(await bodiesOf(sid)).toEqual(['ada: one', 'ada: two']);
    });

    it('are not called for other events, nor for REST without the header', async () => {
      await preEvents('onMessageAdd');
      const { sid } = chat.aConversation();

      await v1().conversations(sid).messages.create({ body: 'quiet' });
      await v1()
        .conversations(sid)
        .participants.create({ identity: 'ada', ...enabled });

      expect(receiver.received).toEqual([]);
    });

    it('cannot make an invalid request valid: their changes are checked', async () => {
      await preEvents('onMessageAdd');
      answerWith({ attributes: '{' });
      const { sid } = chat.aConversation();

      await expect(
        v1()
          .conversations(sid)
          .messages.create({ body: 'hi', ...enabled }),
      ).rejects.toMatchObject({ status: 400, code: 50304 });
    });
  });

  describe('after an event', () => {
    it('are called for the whole Service, according to their filters', async () => {
      await configure({
        postWebhookUrl: `${receiver.url}/post`,
        filters: ['onConversationAdded', 'onMessageAdded', 'onConversationRemoved'],
      });

      const { sid } = await v1().conversations.create({ friendlyName: 'New', ...enabled });
      await v1()
        .conversations(sid)
        .participants.create({ identity: 'ada', ...enabled });
      await v1()
        .conversations(sid)
        .messages.create({ body: 'hi', ...enabled });
      await v1().conversations(sid).messages.create({ body: 'quiet' });
      await v1().conversations(sid).remove(enabled);
      await chat.emulator.world.webhooks.settled();

      expect(receiver.forms.map((form) => `${form['EventType']} ${form['ConversationSid']}`)).toEqual([
        `onConversationAdded ${sid}`,
        `onMessageAdded ${sid}`,
        `onConversationRemoved ${sid}`,
      ]);
    });

    const reportedUsers = () =>
      configure({ postWebhookUrl: `${receiver.url}/post`, filters: ['onUserAdded', 'onUserUpdated'] });
    const reported = async () => {
      await chat.emulator.world.webhooks.settled();
      return receiver.forms.map(
        ({ EventType, Source, Identity, IsOnline }) => `${EventType} ${Source} ${Identity} ${IsOnline}`,
      );
    };

    it('are called for Users that REST creates and changes, if it asks for it', async () => {
      await reportedUsers();

      await v1().users.create({ identity: 'quiet' });
      const user = await v1().users.create({ identity: 'ada', friendlyName: 'Ada', ...enabled });
      await v1()
        .users('ada')
        .update({ attributes: '{"vip":true}', ...enabled });
      const { sid } = chat.aConversation();
      await v1()
        .conversations(sid)
        .participants.create({ identity: 'grete', ...enabled });

      expect(await reported()).toEqual([
        'onUserAdded API ada undefined',
        'onUserUpdated API ada false',
        'onUserAdded API grete undefined',
      ]);
      const { accountSid } = chat.emulator.account;
      expect(receiver.forms[1]).toEqual({
        AccountSid: accountSid,
        EventType: 'onUserUpdated',
        Source: 'API',
        RetryCount: '0',
        ChatServiceSid: chat.serviceSid,
        UserSid: user.sid,
        Identity: 'ada',
        FriendlyName: 'Ada',
        Attributes: '{"vip":true}',
        RoleSid: user.roleSid,
        DateCreated: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
        DateUpdated: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
        IsOnline: 'false',
        IsNotifiable: 'false',
      });
    });

    it('are called for Users that the SDK creates, and for their changes', async () => {
      await reportedUsers();

      const ada = await chat.connect('ada');
      await ada.user.updateFriendlyName('Ada L.');

      expect(await reported()).toEqual([
        'onUserAdded SDK ada undefined',
        'onUserUpdated SDK ada true',
        'onUserUpdated SDK ada true',
      ]);
      expect(receiver.forms[2]).toMatchObject({ ClientIdentity: 'ada', FriendlyName: 'Ada L.' });
    });
  });

  describe('of the account, if the Service has none', () => {
    const ofAccount = () => v1().configuration.webhooks();
    const say = async (sid: string, body: string) => {
      await v1()
        .conversations(sid)
        .messages.create({ body, ...enabled });
      await chat.emulator.world.webhooks.settled();
    };

    beforeEach(async () => {
      await ofAccount().update({
        preWebhookUrl: `${receiver.url}/pre`,
        postWebhookUrl: `${receiver.url}/post`,
        filters: ['onMessageAdd', 'onMessageAdded'],
      });
    });

    it('are called before and after events', async () => {
      const { sid } = chat.aConversation();

      await say(sid, 'hi');

      expect(receiver.forms.map((form) => form['EventType'])).toEqual(['onMessageAdd', 'onMessageAdded']);
      expect(await ofAccount().fetch()).toMatchObject({
        postWebhookUrl: `${receiver.url}/post`,
        filters: ['onMessageAdd', 'onMessageAdded'],
        target: 'webhook',
      });
    });

    it('stop as soon as the Service has its own, and resume afterwards', async () => {
      const { sid } = chat.aConversation();
      await configure({ postWebhookUrl: `${receiver.url}/own`, filters: ['onConversationStateUpdated'] });

      await say(sid, 'to no receiver');
      expect(receiver.received).toEqual([]);

      await configure({ postWebhookUrl: '' });
      await say(sid, 'hi');
      expect(receiver.forms).toHaveLength(2);
    });

    it('do not go to Flex, which is not emulated', async () => {
      await expect(ofAccount().update({ target: 'flex' })).rejects.toMatchObject({ status: 501 });
    });
  });

  it.each([
    ['an invalid method', { method: 'PUT' }, 50055],
    ['an invalid pre-event URL', { preWebhookUrl: 'nonsense' }, 50077],
    ['an invalid post-event URL', { postWebhookUrl: 'ftp://example.com' }, 50078],
  ])('refuse %s', async (_case, settings, code) => {
    await expect(configure(settings)).rejects.toMatchObject({ status: 400, code });
  });
});
