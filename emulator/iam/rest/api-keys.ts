/** /Keys. Source: openapi iam_v1 */
import type { FastifyInstance } from 'fastify';
import { TwilioError } from '../../core/errors';
import { refuseUnbuilt } from '../../core/form';
import { queryOf } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import type { ApiKey } from '../model';
import { MAX_PAGE_SIZE, type IamApi } from './paths';

export function apiKeyRoutes(app: FastifyInstance, { domain, accountSid }: IamApi): void {
  const { apiKeys } = domain;
  // Guess: a Standard key may not make or see keys, as the docs say of the older Keys resource.
  // Source: docs https://www.twilio.com/docs/iam/api-keys (Standard keys)
  app.addHook('preHandler', async (request) => {
    const user = Buffer.from(
      request.headers.authorization?.slice('Basic '.length) ?? '',
      'base64',
    ).toString();
    if (!user.startsWith(`${accountSid}:`)) throw new TwilioError(401, 20003, 'Authenticate');
  });

  serveResources<ApiKey>(app, {
    path: '/Keys',
    sid: 'keySid',
    key: 'keys',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => {
      checkAccount(queryOf(request).required('AccountSid'), accountSid);
      return apiKeys.list();
    },
    find: (sid) => apiKeys.find(sid),
    create: (form) => {
      checkAccount(form.required('AccountSid'), accountSid);
      // Standard keys only.
      refuseUnbuilt(form, 'KeyType', 'Policy');
      return apiKeys.create(form.string('FriendlyName') ?? '');
    },
    update: (key, form) => {
      refuseUnbuilt(form, 'Policy');
      apiKeys.rename(key, form.string('FriendlyName') ?? key.friendlyName);
    },
    remove: (key) => apiKeys.remove(key),
    toJson: toKey,
    toListedJson: (key) => {
      const { policy: _policy, ...listed } = toKey(key);
      return { ...listed, flags: ['rest_api', 'signing'] };
    },
    toCreatedJson: (key) => ({ ...toKey(key), secret: key.secret }),
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
