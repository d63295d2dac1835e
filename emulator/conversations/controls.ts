/**
 * The test hooks of Conversations. `POST /emulator/conversations/receipts`: what a network would report about a Message.
 * `GET /emulator/pushes`: the push notifications so far.
 */
import * as v from 'valibot';
import { integer, parseInput, text } from '../core/control-input';
import { notFound } from '../core/errors';
import type { Routing } from '../core/routing';
import type { ConversationsDomain } from './domain';

const Report = v.strictObject({
  conversationSid: text,
  messageSid: text,
  participantSid: text,
  status: v.picklist(['sent', 'delivered', 'read', 'failed', 'undelivered']),
  errorCode: v.optional(integer(0, 99_999)),
});

export function registerControls(http: Routing, domain: ConversationsDomain): void {
  http.serve('/emulator', (app) => {
    app.post('/conversations/receipts', ({ body }, reply) => {
      const { conversationSid, messageSid, participantSid, ...rest } = parseInput(Report, body);
      const conversation = domain.conversations.get(conversationSid);
      const message = domain.messages.find(conversationSid, messageSid);
      const participant = domain.participants.find(conversationSid, participantSid);
      if (!conversation || !message || !participant) {
        throw notFound(`${conversationSid}/${messageSid}/${participantSid}`);
      }
      const { sid } = domain.receipts.report(conversation, message, participant, rest);
      return reply.code(201).send({ sid });
    });
    app.get('/pushes', () => domain.pushes.list());
    app.delete('/pushes', (_request, reply) => {
      domain.pushes.clear();
      return reply.code(204).send();
    });
  });
}
