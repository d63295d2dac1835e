/** Delivery receipts: REST and the SDK show what a network reports. */
import type { Message, MessageUpdateReason } from '@twilio/conversations';
import { SYSTEM } from '../../../../emulator/conversations/model';
import { twilioClient } from '../../../support/emulator';
import { next, nextMessage } from '../events';
import { ChatWorld, SDK_PACKAGES } from '../sdk';

interface Update {
  message: Message;
  updateReasons: MessageUpdateReason[];
}

describe.each(SDK_PACKAGES)('delivery receipts, with the SDK %s', (_version, sdkPackage) => {
  let chat: ChatWorld;

  beforeEach(async () => {
    chat = await ChatWorld.start(sdkPackage);
  });
  afterEach(() => chat.stop());

  async function aMessageToPhones(count: number) {
    const conversation = chat.aConversation(['ada']);
    const phones = Array.from({ length: count }, (_, index) => {
      const binding = { address: `+1555000${1000 + index}`, proxyAddress: '+15559990000' };
      return chat.domain.participants.add(conversation, { messagingBinding: binding }, SYSTEM);
    });
    const client = await chat.connect('ada');
    await chat.joined(client, conversation);
    const arrived = nextMessage(client, 'to all phones');
    const record = chat.say(conversation, 'ada', 'to all phones');
    return { conversation, phones, client, record, message: await arrived };
  }

  const send = async (body: object) => {
    const response = await fetch(`${chat.emulator.url}/emulator/conversations/receipts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as { sid: string } };
  };

  it('reach the sender with each step, the same in REST and the SDK', async () => {
    const { conversation, phones, client, record, message } = await aMessageToPhones(2);
    const names = { conversationSid: conversation.sid, messageSid: record.sid };
    const [first, second] = phones.map(({ sid }) => sid);
    expect(message.aggregatedDeliveryReceipt).toBeNull();
    const reported = async (report: { participantSid: string; status: string; errorCode?: number }) => {
      const received = next<Update>(client, 'messageUpdated', ({ updateReasons }) =>
        updateReasons.includes('deliveryReceipt'),
      );
      expect((await send({ ...names, ...report })).status).toBe(201);
      return (await received).message.aggregatedDeliveryReceipt;
    };

    const afterFirst = await reported({ participantSid: first!, status: 'sent' });
    expect(afterFirst).toMatchObject({ total: 1, sent: 'all', delivered: 'none' });
    await reported({ participantSid: second!, status: 'failed', errorCode: 30003 });
    const summary = { total: 2, sent: 'some', delivered: 'some', read: 'some', failed: 'some' };
    expect(await reported({ participantSid: first!, status: 'read' })).toMatchObject({
      ...summary,
      undelivered: 'none',
    });
    const bySdk = await message.getDetailedDeliveryReceipts();
    expect(bySdk.map(({ participantSid, status, errorCode }) => [participantSid, status, errorCode])).toEqual(
      [
        [first, 'read', 0],
        [second, 'failed', 30003],
      ],
    );

    const { messages } = twilioClient(chat.emulator).conversations.v1.conversations(conversation.sid);
    const byRest = await messages(record.sid).deliveryReceipts.list();
    expect(byRest.map(({ sid, status, errorCode }) => [sid, status, errorCode])).toEqual(
      bySdk.map(({ sid, status, errorCode }) => [sid, status, errorCode]),
    );
    expect(await messages(record.sid).deliveryReceipts(byRest[0]!.sid).fetch()).toMatchObject({
      participantSid: first,
      channelMessageSid: expect.stringMatching(/^SM[0-9a-f]{32}$/),
    });
    expect((await messages(record.sid).fetch()).delivery).toMatchObject(summary);
  });

  it('are paged, and the SDK follows the pages to the end', async () => {
    const { conversation, phones, record, message } = await aMessageToPhones(50);
    for (const phone of phones)
      chat.domain.receipts.report(conversation, record, phone, { status: 'delivered' });
    const last = chat.add(conversation, 'grace');

    const receipts = await message.getDetailedDeliveryReceipts();

    expect(receipts.map(({ participantSid }) => participantSid)).toEqual(phones.map(({ sid }) => sid));
    const onChat = { conversationSid: conversation.sid, messageSid: record.sid, participantSid: last.sid };
    expect(await send({ ...onChat, status: 'read' })).toMatchObject({ status: 400, body: { code: 20001 } });
  });

  it('are deleted with their message, and cannot be reported for an unknown one', async () => {
    const { conversation, phones, record } = await aMessageToPhones(1);
    const names = {
      conversationSid: conversation.sid,
      messageSid: record.sid,
      participantSid: phones[0]!.sid,
    };
    const { body } = await send({ ...names, status: 'delivered' });
    chat.domain.messages.remove(conversation, record, SYSTEM);

    expect(chat.domain.receipts.find(record.sid, body.sid)).toBeUndefined();
    expect((await send({ ...names, status: 'read' })).status).toBe(404);
    expect((await send({ ...names, status: 'lost' })).status).toBe(400);
  });
});
