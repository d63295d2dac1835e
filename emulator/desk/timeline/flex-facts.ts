/** Step 7 in Flex: the Interaction and its channel. */
import type { Clock } from '../../core/clock';
import type { Flex } from '../../flex/domain';
import type { InteractionChannel, Transfer } from '../../flex/model';
import { nameOfTarget } from '../agents/roster';
import type { TimelineFact } from './entry';
import type { Timeline } from './timeline';

export function followFlex(timeline: Timeline, flex: Flex, clock: Clock): void {
  const add = (
    channel: InteractionChannel,
    fact: Pick<TimelineFact, 'step' | 'title' | 'summary' | 'detail'>,
  ): void =>
    timeline.add({
      conversationSid: channel.conversationSid,
      kind: 'event',
      product: 'Flex',
      at: clock.now(),
      ...fact,
    });

  flex.events.onFirst('interactionCreated', ({ interaction, channel }) =>
    add(channel, {
      step: '7',
      title: 'Interaction created',
      summary: interaction.sid,
      detail: { interaction, channel },
    }),
  );
  flex.events.onFirst('interactionDropped', ({ interaction, channel, openChannel }) =>
    add(channel, {
      step: 'again',
      title: 'Second Interaction dropped',
      summary: 'this Conversation has one already (45353)',
      detail: { interaction, channel, openChannel },
    }),
  );
  flex.events.onFirst('channelUpdated', ({ channel, from, to }) =>
    add(channel, {
      step: timeline.has(channel.conversationSid, '8') ? 'after' : '7',
      title: `Interaction channel ${to}`,
      summary: `${from} → ${to}`,
      detail: channel,
    }),
  );

  const transferred = (transfer: Transfer): void => {
    const channel = flex.interactions.channel(transfer.channelSid);
    if (!channel) return;
    add(channel, {
      step: 'after',
      title: `Transfer ${transfer.status}`,
      summary: `to ${nameOfTarget(flex.taskrouter, transfer.to)}`,
      detail: transfer,
    });
  };
  flex.events.onFirst('transferCreated', ({ transfer }) => transferred(transfer));
  flex.events.onFirst('transferUpdated', ({ transfer }) => transferred(transfer));
}
