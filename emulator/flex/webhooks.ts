/**
 * Sends Interaction events to webhooks: all events to global ones, to others those of the Interactions that name them.
 * Source: docs https://www.twilio.com/docs/flex/admin-guide/setup/conversations/configure-interactions-webhook (events; what
 * comes with onInteractionCreated). Guess: what comes with the others.
 */
import { randomBytes } from 'node:crypto';
import type { Surroundings } from '../core/product';
import { toPayload, WebhookSender } from '../core/webhook-sender';
import type { Bus } from '../core/bus';
import type { FlexEvents } from './events';
import { flexInstanceSid } from './instance';
import type { Interactions } from './interactions';
import type { ChannelParticipant, InteractionChannel, InteractionEvent, InteractionWebhook } from './model';

/** Source: docs (sample): `flex_interactionwebhook_` and 26 characters of Crockford's base 32, the first one small. */
const TTID_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

export class InteractionWebhooks extends WebhookSender {
  private readonly byTtid = new Map<string, InteractionWebhook>();

  constructor(
    private readonly flex: { events: Bus<FlexEvents>; interactions: Interactions },
    private readonly around: Pick<Surroundings, 'account' | 'clock' | 'emulatorUrl'>,
  ) {
    super(around);
    const { events } = flex;
    events.on('interactionCreated', ({ channel }) => {
      this.notify('onInteractionCreated', channel);
      this.notify('onChannelCreated', channel, { ChannelStatus: channel.status });
    });
    events.on('interactionDropped', ({ channel }) =>
      this.notify('onChannelCreateFailed', channel, errorOf(channel)),
    );
    events.on('channelUpdated', ({ channel, from, to }) => {
      if (to === 'failed' && from === 'setup')
        this.notify('onChannelCreateFailed', channel, errorOf(channel));
      this.notify('onChannelStatusUpdated', channel, { ChannelStatus: to, PreviousChannelStatus: from });
    });
    events.on('participantAdded', ({ participant }) => this.notifyOf('onParticipantJoined', participant));
    events.on('participantRemoved', ({ participant }) => this.notifyOf('onParticipantLeft', participant));
  }

  create(wanted: Omit<InteractionWebhook, 'ttid' | 'dateCreated'>): InteractionWebhook {
    const webhook = { ...wanted, ttid: createTtid(), dateCreated: this.around.clock.date() };
    this.byTtid.set(webhook.ttid, webhook);
    return webhook;
  }

  get(ttid: string): InteractionWebhook | undefined {
    return this.byTtid.get(ttid);
  }

  /** Oldest first. */
  list(): InteractionWebhook[] {
    return [...this.byTtid.values()];
  }

  delete({ ttid }: InteractionWebhook): void {
    this.byTtid.delete(ttid);
  }

  private notifyOf(event: InteractionEvent, participant: ChannelParticipant): void {
    const channel = this.flex.interactions.channel(participant.channelSid);
    if (!channel) return;
    this.notify(event, channel, {
      ParticipantSid: participant.sid,
      ParticipantType: participant.type,
      ParticipantIdentity: participant.identity,
      TaskSid: participant.routing?.taskSid,
      WorkerSid: participant.routing?.workerSid,
    });
  }

  private notify(
    event: InteractionEvent,
    channel: InteractionChannel,
    details: Record<string, string | number | null | undefined> = {},
  ): void {
    const ttid = this.flex.interactions.get(channel.interactionSid)?.webhookTtid;
    for (const { type, events, url, method, ttid: own } of this.byTtid.values()) {
      if (!events.includes(event) || (type === 'interaction' && own !== ttid)) continue;
      const { accountSid } = this.around.account;
      const payload = toPayload({
        EventType: event,
        AccountSid: accountSid,
        InstanceSid: flexInstanceSid(accountSid),
        InteractionSid: channel.interactionSid,
        MediaChannelSid: channel.conversationSid,
        MediaChannelType: channel.type,
        ...(event === 'onInteractionCreated' ? {} : { ChannelSid: channel.sid }),
        ...details,
      });
      this.send({ url, method }, payload);
    }
  }
}

function errorOf({ errorCode, errorMessage }: InteractionChannel): Record<string, string | number | null> {
  return { ErrorCode: errorCode, ErrorMessage: errorMessage };
}

function createTtid(): string {
  const characters = [...randomBytes(25)].map((byte) => TTID_ALPHABET[byte % TTID_ALPHABET.length]);
  return `flex_interactionwebhook_0${characters.join('')}`;
}
