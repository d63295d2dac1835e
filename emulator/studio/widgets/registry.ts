/** The widgets that the emulator runs, by the type that a definition gives. */
import { makeHttpRequest } from './make-http-request';
import { runFunction } from './run-function';
import { runSubflow } from './run-subflow';
import { sendAndWaitForReply } from './send-and-wait-for-reply';
import { sendMessage } from './send-message';
import { sendToFlex } from './send-to-flex';
import { setVariables } from './set-variables';
import { splitBasedOn } from './split-based-on';
import { trigger } from './trigger';
import type { Widget } from './widget';

export const WIDGETS: Record<string, Widget> = {
  trigger,
  'send-to-flex': sendToFlex,
  'send-message': sendMessage,
  'send-and-wait-for-reply': sendAndWaitForReply,
  'split-based-on': splitBasedOn,
  'set-variables': setVariables,
  'make-http-request': makeHttpRequest,
  'run-function': runFunction,
  'run-subflow': runSubflow,
};
