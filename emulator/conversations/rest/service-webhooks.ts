/** /Services/{IS}/Configuration/Webhooks, and /Configuration/Webhooks of the account. Source: openapi conversations_v1 */
import type { FastifyRequest } from 'fastify';
import { notServed } from '../../core/errors';
import { formOf, found, param } from '../../core/http-api';
import type { Routing } from '../../core/routing';
import type { ServiceWebhook, ServiceWebhookChange, ServiceWebhooks } from '../webhooks/service-webhooks';
import type { ConversationsApi } from './paths';

const HOST = 'conversations.twilio.com';
const OF_ACCOUNT = '/v1/Configuration/Webhooks';
const OF_SERVICE = '/v1/Services/:serviceSid/Configuration/Webhooks';

export function registerServiceWebhooks(
  http: Routing,
  webhooks: ServiceWebhooks,
  { domain, accountSid }: ConversationsApi,
): void {
  const sidOf = (request: FastifyRequest): string =>
    found(domain.services.find(param(request, 'serviceSid')), request).sid;
  const serviceJson = (serviceSid: string): object => ({
    account_sid: accountSid,
    chat_service_sid: serviceSid,
    ...toJson(webhooks.of(serviceSid)),
    url: `https://${HOST}/v1/Services/${serviceSid}/Configuration/Webhooks`,
  });
  const accountJson = (): object => ({
    account_sid: accountSid,
    ...toJson(webhooks.account),
    target: 'webhook',
    url: `https://${HOST}${OF_ACCOUNT}`,
  });

  http.serve(`/${HOST}`, (app) => {
    app.get(OF_SERVICE, (request) => serviceJson(sidOf(request)));

    app.post(OF_SERVICE, (request) => {
      const serviceSid = sidOf(request);
      webhooks.update(serviceSid, changeOf(request));
      return serviceJson(serviceSid);
    });

    app.get(OF_ACCOUNT, accountJson);

    app.post(OF_ACCOUNT, (request) => {
      if (formOf(request).string('Target') === 'flex') throw notServed('webhooks with Target=flex');
      webhooks.updateAccount(changeOf(request));
      return accountJson();
    });
  });
}

function changeOf(request: FastifyRequest): ServiceWebhookChange {
  const form = formOf(request);
  return {
    method: form.string('Method'),
    filters: form.has('Filters') ? form.list('Filters') : undefined,
    preWebhookUrl: form.string('PreWebhookUrl'),
    postWebhookUrl: form.string('PostWebhookUrl'),
  };
}

function toJson({ method, filters, preWebhookUrl, postWebhookUrl }: ServiceWebhook): object {
  return { method, filters, pre_webhook_url: preWebhookUrl, post_webhook_url: postWebhookUrl };
}
