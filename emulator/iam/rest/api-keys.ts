/** https://iam.twilio.com/v1/Keys. Source: openapi iam_v1 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TwilioError } from '../../core/errors';
import { refuseUnbuilt } from '../../core/form';
import { formOf, found, pageOf, param, queryOf } from '../../core/http-api';
import { toPage } from '../../core/wire';
import type { ApiKey, ApiKeys } from '../api-keys';

const MAX_PAGE_SIZE = 1000;

export function registerIamRest(app: FastifyInstance, keys: ApiKeys, accountSid: string): void {
  app.register(async (scoped) => apiKeyRoutes(scoped, keys, accountSid), { prefix: '/iam.twilio.com/v1' });
}

function apiKeyRoutes(app: FastifyInstance, keys: ApiKeys, accountSid: string): void {
  const keyOf = (request: FastifyRequest): ApiKey => found(keys.find(param(request, 'keySid')), request);
  // Guess: a Standard key may not make or see keys, as the docs say of the older Keys resource.
  // Source: docs https://www.twilio.com/docs/iam/api-keys (Standard keys)
  app.addHook('preHandler', async (request) => {
    const user = Buffer.from(
      request.headers.authorization?.slice('Basic '.length) ?? '',
      'base64',
    ).toString();
    if (!user.startsWith(`${accountSid}:`)) throw new TwilioError(401, 20003, 'Authenticate');
  });

  app.post('/Keys', (request, reply) => {
    const form = formOf(request);
    checkAccount(form.required('AccountSid'), accountSid);
    // Standard keys only.
    refuseUnbuilt(form, 'KeyType', 'Policy');
    const key = keys.create(form.string('FriendlyName') ?? '');
    reply.code(201).send({ ...toKey(key), secret: key.secret });
  });

  app.get('/Keys', (request, reply) => {
    checkAccount(queryOf(request).required('AccountSid'), accountSid);
    const toListed = ({ policy: _, ...json }: ReturnType<typeof toKey>): object => ({
      ...json,
      flags: ['rest_api', 'signing'],
    });
    reply.send(toPage('keys', keys.list(), (key) => toListed(toKey(key)), pageOf(request, MAX_PAGE_SIZE)));
  });

  app.get('/Keys/:keySid', (request, reply) => {
    reply.send(toKey(keyOf(request)));
  });

  app.post('/Keys/:keySid', (request, reply) => {
    const key = keyOf(request);
    const form = formOf(request);
    refuseUnbuilt(form, 'Policy');
    keys.rename(key, form.string('FriendlyName') ?? key.friendlyName);
    reply.send(toKey(key));
  });

  app.delete('/Keys/:keySid', (request, reply) => {
    keys.remove(keyOf(request));
    reply.code(204).send();
  });
}

/** Guess: the status for a foreign account. */
function checkAccount(given: string, accountSid: string): void {
  if (given !== accountSid)
    throw new TwilioError(403, 20403, `${given} is not an account of these credentials`);
}

/** `policy` is for Restricted keys, which the emulator does not have. Dates are RFC 2822. */
function toKey({ sid, friendlyName, dateCreated, dateUpdated }: ApiKey) {
  return {
    sid,
    friendly_name: friendlyName,
    date_created: rfc2822(dateCreated),
    date_updated: rfc2822(dateUpdated),
    policy: null,
  };
}

/** `Mon, 13 Jun 2016 22:50:08 +0000`. Source: openapi iam_v1 (examples) */
function rfc2822(date: Date): string {
  return date.toUTCString().replace('GMT', '+0000');
}
