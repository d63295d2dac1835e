/** A customer from a back end: the guide's steps 2 to 4 over REST, with the name that agents see. */
import type twilio from 'twilio';
import type { Emulator } from '../../emulator/emulator';

export class RestCustomer {
  private constructor(
    private readonly emulator: Emulator,
    private readonly client: twilio.Twilio,
    readonly identity: string,
    readonly conversationSid: string,
  ) {}

  static async start(emulator: Emulator, client: twilio.Twilio, name: string): Promise<RestCustomer> {
    const identity = `visitor-${name.toLowerCase().replace(/\W+/g, '')}`;
    const { conversations, users } = client.conversations.v1;
    await users.create({ identity, friendlyName: name });
    const attributes = JSON.stringify({ pre_engagement_data: { friendlyName: name } });
    const { sid } = await conversations.create({ friendlyName: name, attributes });
    await conversations(sid).participants.create({ identity });
    await conversations(sid).webhooks.create({
      target: 'studio',
      'configuration.flowSid': emulator.account.flowSid,
      'configuration.filters': ['onMessageAdded'],
    });
    return new RestCustomer(emulator, client, identity, sid);
  }

  /** Resolves with the message's SID when the webhooks have run. */
  async says(body: string): Promise<string> {
    const message = await this.conversation.messages.create({
      author: this.identity,
      body,
      xTwilioWebhookEnabled: 'true',
    });
    await this.emulator.world.webhooks.settled();
    return message.sid;
  }

  get conversation() {
    return this.client.conversations.v1.conversations(this.conversationSid);
  }
}
