/** The caller that requests Media: the account with its credentials, or an SDK user with an Access Token. */
import type { FastifyRequest } from 'fastify';
import type { ConversationsDomain } from '../../domain';
import { notFound } from '../../../core/errors';
import { AccessTokenError, type AccessTokens } from '../../../iam/access-tokens';
import { admit } from '../../admission';
import type { Media } from '../library';

export interface Caller {
  author: string;
  mayRead: (media: Media) => boolean;
}

/** Without a token the account's credentials have been checked before. */
export function callerOf(
  { headers, params }: FastifyRequest,
  domain: ConversationsDomain,
  accessTokens: AccessTokens,
): Caller {
  const { serviceSid } = params as { serviceSid: string };
  const token = headers['x-twilio-token'];
  if (token === undefined) {
    if (!domain.services.find(serviceSid)) throw notFound(`/v1/Services/${serviceSid}`);
    return { author: 'system', mayRead: () => true };
  }
  const { identity, chatServiceSid } = admit(token, accessTokens, domain.services);
  if (chatServiceSid !== serviceSid) throw new AccessTokenError(54007);
  return { author: identity, mayRead: (media) => isReader(media, identity, domain) };
}

/** The caller's own uploads, and Media of the caller's Conversations. Guess: Twilio's rule is not documented. */
function isReader(
  { author, messages }: Media,
  identity: string,
  { participants }: ConversationsDomain,
): boolean {
  if (author === identity) return true;
  return messages.some(
    ({ conversationSid }) => participants.find(conversationSid, identity)?.identity === identity,
  );
}
