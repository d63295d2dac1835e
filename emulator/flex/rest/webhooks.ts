/**
 * /v1/Instances/{GO}/InteractionWebhooks: the receivers of Interaction events.
 * Source: docs https://www.twilio.com/docs/flex/developer/conversations/register-interactions-webhooks, whose table and
 * samples name the parameters differently: both are taken. Guess: the fields of the answer besides `ttid`, and that a
 * webhook can be fetched and deleted.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalidParameter } from '../../core/errors';
import type { Form } from '../../core/form';
import { formOf, found, param } from '../../core/http-api';
import { isoSeconds } from '../../core/wire';
import { flexInstanceSid } from '../instance';
import { INTERACTION_EVENTS, type InteractionEvent, type InteractionWebhook } from '../model';
import { V1, type FlexApi } from './paths';

export function webhookRoutes(app: FastifyInstance, api: FlexApi): void {
  const { webhooks } = api.domain;
  const instanceSid = flexInstanceSid(api.accountSid);
  const url = `${V1}/Instances/${instanceSid}/InteractionWebhooks`;
  const toJson = (webhook: InteractionWebhook): object => ({
    ttid: webhook.ttid,
    account_sid: api.accountSid,
    instance_sid: instanceSid,
    type: webhook.type,
    webhook_events: webhook.events,
    webhook_url: webhook.url,
    webhook_method: webhook.method,
    date_created: isoSeconds(webhook.dateCreated),
    url: `${url}/${webhook.ttid}`,
  });
  const webhookOf = (request: FastifyRequest): InteractionWebhook =>
    found(webhooks.get(param(request, 'ttid')), request);

  app.addHook('preHandler', (request, _reply, done) => {
    found(param(request, 'instanceSid') === instanceSid ? instanceSid : undefined, request);
    done();
  });
  app.post('/', (request, reply) => {
    const form = formOf(request);
    form.required('Type');
    const webhook = webhooks.create({
      type: form.oneOf('Type', ['global', 'interaction'])!,
      events: eventsOf(form),
      url: urlOf(form),
      method: form.oneOf(form.has('WebhookMethod') ? 'WebhookMethod' : 'Method', ['GET', 'POST']) ?? 'POST',
    });
    return reply.code(201).send(toJson(webhook));
  });
  app.get('/', () => ({ webhooks: webhooks.list().map(toJson) }));
  app.get('/:ttid', (request) => toJson(webhookOf(request)));
  app.delete('/:ttid', (request, reply) => {
    webhooks.delete(webhookOf(request));
    return reply.code(204).send();
  });
}

function eventsOf(form: Form): InteractionEvent[] {
  const given = [...form.list('WebhookEvents'), ...form.list('Filters')].flatMap((one) => one.split(','));
  const events = given.map((one) => INTERACTION_EVENTS.find((event) => event === one.trim()));
  if (events.length === 0 || events.includes(undefined)) {
    throw invalidParameter(`WebhookEvents must be some of ${INTERACTION_EVENTS.join(', ')}`);
  }
  return events as InteractionEvent[];
}

function urlOf(form: Form): string {
  const url = form.string('WebhookUrl') ?? form.required('Url');
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw invalidParameter('WebhookUrl must begin with http or https');
  return url;
}
