/** /Services/{IS}/Configuration/Webhooks. Source: openapi conversations_v1 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { formOf, found, param } from '../../core/http-api';
import type { ConversationsDomain } from '../domain';
import type { ServiceWebhooks } from '../service-webhooks';

const PATH = '/conversations.twilio.com/v1/Services/:serviceSid/Configuration/Webhooks';

export function registerServiceWebhooksRest(
  app: FastifyInstance,
  domain: ConversationsDomain,
  webhooks: ServiceWebhooks,
  accountSid: string,
): void {
  const sidOf = (request: FastifyRequest): string =>
    found(domain.services.find(param(request, 'serviceSid')), request).sid;
  const toJson = (serviceSid: string): object => {
    const { method, filters, preWebhookUrl, postWebhookUrl } = webhooks.of(serviceSid);
    return {
      account_sid: accountSid,
      chat_service_sid: serviceSid,
      method,
      filters,
      pre_webhook_url: preWebhookUrl,
      post_webhook_url: postWebhookUrl,
      url: `https://conversations.twilio.com/v1/Services/${serviceSid}/Configuration/Webhooks`,
    };
  };

  app.get(PATH, (request) => toJson(sidOf(request)));

  app.post(PATH, (request) => {
    const form = formOf(request);
    const serviceSid = sidOf(request);
    webhooks.update(serviceSid, {
      method: form.string('Method'),
      filters: form.has('Filters') ? form.list('Filters') : undefined,
      preWebhookUrl: form.string('PreWebhookUrl'),
      postWebhookUrl: form.string('PostWebhookUrl'),
    });
    return toJson(serviceSid);
  });
}
