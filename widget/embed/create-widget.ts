/** The chat on a page that is built with a bundler: the same button, without the script element. */
import { checkFunctionsUrl } from '../chat/check-options';
import type { FlexChat } from './flex-chat';
import { mount } from './mount';
import type { ChatSettings } from './settings';

export type * from './window';

export interface WidgetSettings extends ChatSettings {
  /** The URL of the Functions; the panel is loaded from there, too. */
  functionsUrl: string;
  /** For pages whose policy names scripts by nonce. */
  nonce?: string;
}

/** For browsers. A page has one chat: if it exists already, that one is returned. Throws an OptionError without a URL. */
export function createWidget({ nonce, ...settings }: WidgetSettings): FlexChat {
  checkFunctionsUrl('createWidget', settings.functionsUrl);
  return mount({ ...settings }, '', nonce);
}
