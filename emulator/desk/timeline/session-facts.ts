/** Steps 1 and 3: the customer's Access Token as the realtime service first sees it, and the SDK's session. */
import type { ConversationsDomain } from '../../conversations/domain';
import type { Conversation } from '../../conversations/model';
import type { Clock } from '../../core/clock';
import type { AccessTokenClaims } from '../../iam/model';
import type { Realtime } from '../../realtime/domain';
import { isAgent } from './conversation-facts';
import type { TimelineFact } from './entry';
import type { Timeline } from './timeline';

export function followSessions(
  timeline: Timeline,
  { realtime, domain, clock }: { realtime: Realtime; domain: ConversationsDomain; clock: Clock },
): void {
  const add = (
    conversation: Conversation,
    fact: Pick<TimelineFact, 'step' | 'title' | 'summary' | 'detail' | 'product'>,
    at = clock.now(),
  ): void => timeline.add({ conversationSid: conversation.sid, kind: 'event', at, ...fact });

  const opened = (conversation: Conversation, identity: string, claims: AccessTokenClaims): void => {
    if (!timeline.has(conversation.sid, '1')) {
      const detail = {
        grants: { identity, chat: { service_sid: claims.chatServiceSid } },
        ...toDates(claims),
      };
      const token = {
        product: 'Access Token',
        title: 'Token issued',
        summary: `for ${identity}`,
        detail,
      } as const;
      add(
        conversation,
        { step: '1', ...token },
        issuedAt(claims, timeline.startOf(conversation.sid) ?? clock.now()),
      );
    }
    const isFirst = !timeline.has(conversation.sid, '3');
    add(conversation, {
      step: isFirst ? '3' : 'after',
      product: 'Conversations SDK',
      title: isFirst ? 'Customer connected' : 'Customer connected again',
      summary: identity,
      detail: { identity, ...toDates(claims) },
    });
  };

  realtime.events.on('sessionOpened', ({ identity, claims }) => {
    for (const conversation of openConversationsOf(domain, claims.chatServiceSid, identity)) {
      opened(conversation, identity, claims);
    }
  });
  realtime.events.on('sessionClosed', ({ identity, claims }) => {
    for (const conversation of openConversationsOf(domain, claims.chatServiceSid, identity)) {
      const fact = { title: 'Customer disconnected', summary: identity, detail: { identity } };
      add(conversation, { step: 'after', product: 'Conversations SDK', ...fact });
    }
  });
  // A client that connected first, and got its Conversation later.
  domain.events.on('participantAdded', ({ conversation, participant }) => {
    if (participant.identity === null || isAgent(participant)) return;
    const [session] = realtime.sessions(participant.identity);
    if (session?.claims) opened(conversation, participant.identity, session.claims);
  });
}

function openConversationsOf(
  domain: ConversationsDomain,
  serviceSid: string,
  identity: string,
): Conversation[] {
  return domain.participants.conversationSidsOf(serviceSid, identity).flatMap((sid) => {
    const conversation = domain.conversations.get(sid);
    const participant = domain.participants.find(sid, identity);
    const isCustomers = participant && !isAgent(participant);
    return conversation && isCustomers && conversation.state !== 'closed' ? [conversation] : [];
  });
}

/** `iat` counts whole seconds. Guess: within that second, the token was made when the Conversation was begun. */
function issuedAt({ issuedAt: second }: AccessTokenClaims, begunAt: number): number {
  if (second === null) return begunAt;
  return Math.min(Math.max(begunAt, second), second + 999);
}

function toDates({ issuedAt: issued, expiresAt }: AccessTokenClaims): object {
  return {
    issuedAt: issued === null ? null : new Date(issued).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
  };
}
