/**
 * What Flex UI and @twilio/flex-sdk ask of Twilio's hosts besides TaskRouter, Interactions and Conversations.
 * Source: observed with Flex UI 2.17.1 and @twilio/flex-sdk 3.0.0, as everything in this folder that does not say otherwise
 */
import type { Routing } from '../../core/routing';
import type { UiApi } from './api';
import { registerAssets } from './assets';
import { registerLogin } from './login';
import { registerNotes } from './notes';
import { registerPage } from './page';
import { registerSession } from './session';

export function registerUi(http: Routing, api: UiApi): void {
  registerLogin(http, api);
  registerSession(http, api);
  registerNotes(http, api);
  registerAssets(http);
  registerPage(http, api.flexUi, api.account);
}
