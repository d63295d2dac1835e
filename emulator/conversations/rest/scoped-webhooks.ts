/** /Conversations/{CH}/Webhooks: scoped webhooks. Source: openapi conversations_v1 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Form } from '../../core/form';
import { formOf, found, pageOf, param } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import type { Conversation, ScopedWebhook } from '../model';
import type { WebhookSettings } from '../webhooks/scoped-webhooks';
import { parentOf, refuseEmpty, scopeOf, type ConversationsApi, type Scope } from './paths';

const MAX_PAGE_SIZE = 5;

export function webhookRoutes(app: FastifyInstance, api: ConversationsApi): void {
  const { webhooks } = api.domain;

  // Guess: REST answers 20404 where the path names no webhook; 50360 is what the dictionary has for it.
  const located = (request: FastifyRequest) => {
    const scope = scopeOf(request, api);
    const conversation = parentOf(request, scope, api);
    const webhook = webhooks.find(conversation.sid, param(request, 'webhookSid'));
    return { scope, conversation, webhook: found(webhook, request) };
  };

  app.post('/Conversations/:conversationSid/Webhooks', (request, reply) => {
    const scope = scopeOf(request, api);
    const conversation = parentOf(request, scope, api);
    const form = formOf(request);
    const webhook = webhooks.add(conversation, form.string('Target'), {
      ...settingsOf(form),
      replayAfter: form.integer('Configuration.ReplayAfter'),
    });
    reply.code(201).send(toWebhook(webhook, conversation, scope, api));
  });

  app.get('/Conversations/:conversationSid/Webhooks', (request, reply) => {
    const scope = scopeOf(request, api);
    const conversation = parentOf(request, scope, api);
    const toJson = (webhook: ScopedWebhook): object => toWebhook(webhook, conversation, scope, api);
    const all = webhooks.ofConversation(conversation.sid);
    reply.send(toPage('webhooks', all, toJson, pageOf(request, MAX_PAGE_SIZE)));
  });

  app.get('/Conversations/:conversationSid/Webhooks/:webhookSid', (request, reply) => {
    const { scope, conversation, webhook } = located(request);
    reply.send(toWebhook(webhook, conversation, scope, api));
  });

  app.post('/Conversations/:conversationSid/Webhooks/:webhookSid', (request, reply) => {
    const { scope, conversation, webhook } = located(request);
    const settings = settingsOf(formOf(request));
    refuseEmpty(settings);
    webhooks.update(webhook, settings);
    reply.send(toWebhook(webhook, conversation, scope, api));
  });

  app.delete('/Conversations/:conversationSid/Webhooks/:webhookSid', (request, reply) => {
    webhooks.remove(located(request).webhook);
    reply.code(204).send();
  });
}

function settingsOf(form: Form): WebhookSettings {
  const listOrNone = (name: string): string[] | undefined => (form.has(name) ? form.list(name) : undefined);
  return {
    url: form.string('Configuration.Url'),
    method: form.string('Configuration.Method'),
    filters: listOrNone('Configuration.Filters'),
    triggers: listOrNone('Configuration.Triggers'),
    flowSid: form.string('Configuration.FlowSid'),
  };
}

function toWebhook(
  webhook: ScopedWebhook,
  conversation: Conversation,
  scope: Scope,
  { accountSid }: ConversationsApi,
): object {
  return {
    sid: webhook.sid,
    account_sid: accountSid,
    ...scope.serviceField,
    conversation_sid: conversation.sid,
    target: webhook.target,
    configuration: toConfiguration(webhook),
    date_created: isoSeconds(webhook.dateCreated),
    date_updated: isoSeconds(webhook.dateUpdated),
    url: `${scope.url}/Conversations/${conversation.sid}/Webhooks/${webhook.sid}`,
  };
}

/**
 * Source: openapi (examples: studio shows `flow_sid` alone, `replay_after` is never shown, the method is lower case).
 * Guess: `triggers`; the example of a trigger has its keywords under `filters`.
 */
function toConfiguration({ target, url, method, filters, triggers, flowSid }: ScopedWebhook): object {
  if (target === 'studio') return { flow_sid: flowSid };
  return { url, method: method.toLowerCase(), filters, ...(target === 'trigger' && { triggers }) };
}
