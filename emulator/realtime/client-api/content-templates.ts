/** The account's Content templates. Source: sdk @twilio/conversations/builds/lib.js (ContentClient, ContentTemplate) */
import type { Route } from '../twilsock/tunnel';
import { okPage } from './paging';
import { CLIENT_API_PATH, type ClientApi } from './paths';

export function contentTemplateRoutes({ domain }: ClientApi): Route[] {
  return [
    {
      method: 'GET',
      path: `${CLIENT_API_PATH}/ContentTemplates`,
      handle: (request) =>
        okPage(request, 'templates', domain.richMedia.templates(), (template) => ({
          sid: template.sid,
          friendly_name: template.friendlyName,
          variables: JSON.stringify(template.variables),
          variants: template.types,
          date_created: template.dateCreated.toISOString(),
          date_updated: template.dateUpdated.toISOString(),
        })),
    },
  ];
}
