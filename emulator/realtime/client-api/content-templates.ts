/** The account's content templates: none. Source: sdk @twilio/conversations/builds/lib.js (ContentClient) */
import type { Route } from '../twilsock/tunnel';
import { okPage } from './paging';
import { CLIENT_API_PATH } from './paths';

export function contentTemplateRoutes(): Route[] {
  return [
    {
      method: 'GET',
      path: `${CLIENT_API_PATH}/ContentTemplates`,
      handle: (request) => okPage(request, 'templates', [], () => ({})),
    },
  ];
}
