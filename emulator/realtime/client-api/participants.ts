/** Participants as the SDK adds, changes and removes them: join and leave are the same calls with one's own identity. */
import type { Participant } from '../../conversations/model';
import { invalidParameter, TwilioError } from '../../core/errors';
import { created, deleted, ok, textField, type Route, type TunnelRequest } from '../tunnel';
import { actorOf, CLIENT_API_PATH, joinedConversation, visibleConversation, type ClientApi } from './context';

const LIST = `${CLIENT_API_PATH}/Conversations/:conversation/Participants`;

export function participantRoutes(api: ClientApi): Route[] {
  const { domain } = api;

  /** By SID or identity. */
  function findParticipant(request: TunnelRequest) {
    const conversation = joinedConversation(api, request);
    const participant = domain.participants.find(conversation.sid, request.params['participant']!);
    // Source: docs https://www.twilio.com/docs/api/errors/50432
    if (!participant) throw new TwilioError(404, 50432, 'Participant not found');
    return { conversation, participant };
  }

  return [
    {
      method: 'POST',
      path: LIST,
      handle(request) {
        const participant = domain.participants.add(
          visibleConversation(api, request),
          {
            identity: textField(request, 'identity'),
            messagingBinding: bindingField(request),
            attributes: textField(request, 'attributes'),
          },
          actorOf(request),
        );
        return created(participantJson(participant));
      },
    },
    {
      method: 'POST',
      path: `${LIST}/:participant`,
      handle(request) {
        const { conversation, participant } = findParticipant(request);
        const change = { attributes: textField(request, 'attributes') };
        const changed = domain.participants.update(conversation, participant, change, actorOf(request));
        return ok(participantJson(changed));
      },
    },
    {
      method: 'DELETE',
      path: `${LIST}/:participant`,
      handle(request) {
        const { conversation, participant } = findParticipant(request);
        domain.participants.remove(conversation, participant, actorOf(request));
        return deleted();
      },
    },
  ];
}

function bindingField({ body }: TunnelRequest): Record<string, string> | undefined {
  const binding = body['messaging_binding'] ?? undefined;
  if (binding === undefined) return undefined;
  if (typeof binding !== 'object' || Object.values(binding!).some((value) => typeof value !== 'string')) {
    throw invalidParameter('messaging_binding must be an object of strings');
  }
  return binding as Record<string, string>;
}

function participantJson(participant: Participant): object {
  return {
    sid: participant.sid,
    conversation_sid: participant.conversationSid,
    identity: participant.identity,
    messaging_binding: participant.messagingBinding,
    attributes: participant.attributes,
    role_sid: participant.roleSid,
    date_created: participant.dateCreated.toISOString(),
    date_updated: participant.dateUpdated.toISOString(),
  };
}
