/** /v1/Content. Source: openapi content_v1 */
import type { FastifyInstance } from 'fastify';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { Contents } from '../domain';
import type { Content } from '../model';

export interface ContentApi {
  domain: Contents;
  accountSid: string;
}

export function contentRoutes(app: FastifyInstance, { domain, accountSid }: ContentApi): void {
  serveResources<Content>(app, {
    path: '/Content',
    sid: 'contentSid',
    key: 'contents',
    maxPageSize: 1000,
    // Guess: the oldest first.
    list: () => domain.list(),
    find: (sid) => domain.find(sid),
    // JSON, unlike the creates of other products.
    create: (_form, { body }) => domain.create(body),
    remove: (content) => domain.remove(content),
    toJson: (content) => toContent(content, accountSid),
  });
}

function toContent(content: Content, accountSid: string): object {
  const url = `https://content.twilio.com/v1/Content/${content.sid}`;
  return {
    sid: content.sid,
    account_sid: accountSid,
    friendly_name: content.friendlyName,
    language: content.language,
    variables: content.variables,
    types: content.types,
    date_created: isoSeconds(content.dateCreated),
    date_updated: isoSeconds(content.dateUpdated),
    url,
    links: {
      approval_create: `${url}/ApprovalRequests/whatsapp`,
      approval_fetch: `${url}/ApprovalRequests`,
    },
  };
}
