/** The test hooks of Conversations. `POST /emulator/conversations/receipts`: what a network would report about a Message. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { invalidParameter, notFound } from '../core/errors';
import type { ConversationsDomain } from './domain';

const report = z.strictObject({
  conversationSid: z.string(),
  messageSid: z.string(),
  participantSid: z.string(),
  status: z.enum(['sent', 'delivered', 'read', 'failed', 'undelivered']),
  errorCode: z.int().nonnegative().optional(),
});

export function registerControls(http: FastifyInstance, domain: ConversationsDomain): void {
  http.post('/emulator/conversations/receipts', ({ body }, reply) => {
    const result = report.safeParse(body ?? {});
    if (!result.success) throw invalidParameter(z.prettifyError(result.error));
    const { conversationSid, messageSid, participantSid, ...rest } = result.data;
    const conversation = domain.conversations.get(conversationSid);
    const message = domain.messages.find(conversationSid, messageSid);
    const participant = domain.participants.find(conversationSid, participantSid);
    if (!conversation || !message || !participant) {
      throw notFound(`${conversationSid}/${messageSid}/${participantSid}`);
    }
    const { sid } = domain.receipts.report(conversation, message, participant, rest);
    return reply.code(201).send({ sid });
  });
}
