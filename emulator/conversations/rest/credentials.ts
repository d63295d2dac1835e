/** /Credentials, of the account. Source: openapi conversations_v1 */
import type { FastifyInstance } from 'fastify';
import { invalidParameter } from '../../core/errors';
import type { Form } from '../../core/form';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { CredentialChange } from '../push/credentials';
import { PUSH_TYPES, type Credential, type PushType } from '../push/model';
import { refuseEmpty, V1, type ConversationsApi } from './paths';

/** Source: openapi (CreateCredential: "APN only", "GCM only", "FCM only"). Guess: that they are needed. */
const KEYS: Record<PushType, readonly string[]> = {
  apn: ['Certificate', 'PrivateKey'],
  gcm: ['ApiKey'],
  fcm: ['Secret'],
};

export function credentialRoutes(app: FastifyInstance, { domain, accountSid }: ConversationsApi): void {
  const { credentials } = domain;
  serveResources<Credential>(app, {
    path: '/Credentials',
    sid: 'credentialSid',
    key: 'credentials',
    maxPageSize: 100,
    list: () => credentials.list(),
    find: (sid) => credentials.find(sid),
    create(form) {
      form.required('Type');
      const type = form.oneOf('Type', PUSH_TYPES)!;
      for (const key of KEYS[type]) form.required(key);
      return credentials.create(type, changeOf(form, type));
    },
    update(credential, form) {
      const type = form.oneOf('Type', PUSH_TYPES);
      const change = changeOf(form, type ?? credential.type);
      const keys = Object.values(KEYS)
        .flat()
        .map((key) => form.string(key));
      refuseEmpty({ ...change, ...keys });
      credentials.update(credential, change);
    },
    remove: (credential) => credentials.delete(credential),
    toJson: (credential) => ({
      sid: credential.sid,
      account_sid: accountSid,
      friendly_name: credential.friendlyName,
      type: credential.type,
      // Source: openapi (text, in the examples with a capital letter)
      sandbox: credential.sandbox ? 'True' : 'False',
      date_created: isoSeconds(credential.dateCreated),
      date_updated: isoSeconds(credential.dateUpdated),
      url: `${V1}/Credentials/${credential.sid}`,
    }),
  });
}

function changeOf(form: Form, type: PushType): CredentialChange {
  const foreign = Object.entries(KEYS).find(
    ([other, keys]) => other !== type && keys.some((key) => form.has(key)),
  );
  // Guess: the refusal.
  if (foreign) throw invalidParameter(`${foreign[1].join(' and ')}: only for ${foreign[0]}`);
  return {
    type: form.oneOf('Type', PUSH_TYPES),
    friendlyName: form.string('FriendlyName'),
    sandbox: form.boolean('Sandbox'),
  };
}
