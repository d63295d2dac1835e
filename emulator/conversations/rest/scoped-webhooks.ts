/** /Conversations/{CH}/Webhooks: scoped webhooks. Source: openapi conversations_v1 */
import type { FastifyInstance } from 'fastify';
import type { Form } from '../../core/form';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { ScopedWebhook } from '../model';
import type { WebhookSettings } from '../webhooks/scoped-webhooks';
import { parentOf, refuseEmpty, scopeOf, type ConversationsApi, type Scope } from './paths';

export function scopedWebhookRoutes(app: FastifyInstance, api: ConversationsApi): void {
  const { webhooks } = api.domain;

  serveResources<ScopedWebhook>(app, {
    path: '/Conversations/:conversationSid/Webhooks',
    sid: 'webhookSid',
    key: 'webhooks',
    maxPageSize: 5,
    list: (request) => webhooks.ofConversation(parentOf(request, api).sid),
    // Guess: REST answers 20404 if the path names no webhook; the dictionary has 50360 for it.
    find: (sid, request) => webhooks.find(parentOf(request, api).sid, sid),
    create: (form, request) =>
      webhooks.add(parentOf(request, api), form.string('Target'), {
        ...settingsOf(form),
        replayAfter: form.integer('Configuration.ReplayAfter'),
      }),
    update: (webhook, form) => {
      const settings = settingsOf(form);
      refuseEmpty(settings);
      webhooks.update(webhook, settings);
    },
    remove: (webhook) => webhooks.remove(webhook),
    toJson: (webhook, request) => toWebhook(webhook, scopeOf(request, api), api),
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

function toWebhook(webhook: ScopedWebhook, scope: Scope, { accountSid }: ConversationsApi): object {
  const { conversationSid } = webhook;
  return {
    sid: webhook.sid,
    account_sid: accountSid,
    ...scope.serviceField,
    conversation_sid: conversationSid,
    target: webhook.target,
    configuration: toConfiguration(webhook),
    date_created: isoSeconds(webhook.dateCreated),
    date_updated: isoSeconds(webhook.dateUpdated),
    url: `${scope.url}/Conversations/${conversationSid}/Webhooks/${webhook.sid}`,
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
