/**
 * Delivery receipts: how far a Message has got with each Participant that is not on chat (SMS, WhatsApp). The emulator
 * delivers to none of them; receipts are reported to it, as their networks report to Twilio.
 */
import type { Bus } from '../core/bus';
import type { Clock } from '../core/clock';
import { invalidParameter } from '../core/errors';
import { createSid } from '../core/sids';
import type { ConversationsEvents } from './events';
import type { Conversation, Delivery, DeliveryAmount, DeliveryReceipt, Message, Participant } from './model';

interface ReceiptReport {
  status: DeliveryReceipt['status'];
  errorCode?: number | undefined;
}

/** What each status implies about delivery. Guess: a later status includes the earlier ones, as in openapi's example. */
const COUNTS_AS = {
  sent: ['sent'],
  delivered: ['sent', 'delivered'],
  read: ['sent', 'delivered', 'read'],
  undelivered: ['sent', 'undelivered'],
  failed: ['failed'],
} as const satisfies Record<DeliveryReceipt['status'], readonly (keyof Delivery)[]>;

export class DeliveryReceipts {
  private readonly byMessage = new Map<string, DeliveryReceipt[]>();

  constructor(
    private readonly clock: Clock,
    private readonly events: Bus<ConversationsEvents>,
  ) {
    events.on('messageRemoved', ({ message }) => this.byMessage.delete(message.sid));
    events.on('messagesDropped', ({ messages }) => this.forget(messages));
  }

  /** A Participant's receipt is made by the first report and changed by the later ones. */
  report(
    conversation: Conversation,
    message: Message,
    participant: Participant,
    { status, errorCode = 0 }: ReceiptReport,
  ): DeliveryReceipt {
    if (participant.identity !== null) throw invalidParameter('Participants on chat have no receipts');
    const now = this.clock.date();
    const all = this.ofMessage(message.sid);
    let receipt = all.find(({ participantSid }) => participantSid === participant.sid);
    if (receipt) Object.assign(receipt, { status, errorCode, dateUpdated: now });
    else {
      receipt = {
        sid: createSid('DY'),
        conversationSid: conversation.sid,
        messageSid: message.sid,
        participantSid: participant.sid,
        channelMessageSid: createSid('SM'),
        status,
        errorCode,
        dateCreated: now,
        dateUpdated: now,
      };
      all.push(receipt);
      this.byMessage.set(message.sid, all);
    }
    message.delivery = summaryOf(all);
    this.events.emit('deliveryUpdated', { conversation, message, receipt });
    return receipt;
  }

  /** Oldest first. */
  ofMessage(messageSid: string): DeliveryReceipt[] {
    return this.byMessage.get(messageSid) ?? [];
  }

  find(messageSid: string, sid: string): DeliveryReceipt | undefined {
    return this.ofMessage(messageSid).find((receipt) => receipt.sid === sid);
  }

  /** They are gone, alone or with their Conversation. */
  forget(messages: readonly Message[]): void {
    for (const { sid } of messages) this.byMessage.delete(sid);
  }
}

/** The fields in both APIs, which format dates differently. */
export function receiptFields(receipt: DeliveryReceipt, toText: (date: Date) => string): object {
  return {
    sid: receipt.sid,
    conversation_sid: receipt.conversationSid,
    message_sid: receipt.messageSid,
    participant_sid: receipt.participantSid,
    channel_message_sid: receipt.channelMessageSid,
    status: receipt.status,
    error_code: receipt.errorCode,
    date_created: toText(receipt.dateCreated),
    date_updated: toText(receipt.dateUpdated),
  };
}

function summaryOf(receipts: readonly DeliveryReceipt[]): Delivery {
  const total = receipts.length;
  const amount = (step: DeliveryReceipt['status']): DeliveryAmount => {
    const count = receipts.filter(({ status }) =>
      (COUNTS_AS[status] as readonly string[]).includes(step),
    ).length;
    if (count === 0) return 'none';
    return count === total ? 'all' : 'some';
  };
  return {
    total,
    sent: amount('sent'),
    delivered: amount('delivered'),
    read: amount('read'),
    failed: amount('failed'),
    undelivered: amount('undelivered'),
  };
}
