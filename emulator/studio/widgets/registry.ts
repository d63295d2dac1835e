/** Twilio's widgets, by the type that a definition gives. */
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

/** Null: a Flow may have it, but the emulator does not run it; an execution ends there. */
const TYPES: Record<string, Widget | null> = {
  trigger,
  'send-to-flex': sendToFlex,
  'send-message': sendMessage,
  'send-and-wait-for-reply': sendAndWaitForReply,
  'split-based-on': splitBasedOn,
  'set-variables': setVariables,
  'make-http-request': makeHttpRequest,
  'run-function': runFunction,
  'run-subflow': runSubflow,
  'add-twiml-redirect': null,
  'capture-payments': null,
  'connect-call-to': null,
  'connect-virtual-agent': null,
  'connect-virtual-agent-v2': null,
  'enqueue-call': null,
  'fork-stream': null,
  'gather-input-on-call': null,
  'make-outgoing-call-v1': null,
  'make-outgoing-call-v2': null,
  'record-call': null,
  'record-voicemail': null,
  'resume-conversation': null,
  'say-play': null,
  'send-to-autopilot': null,
  'start-conversation': null,
};

export const WIDGET_TYPES: readonly string[] = Object.keys(TYPES);

export const WIDGETS: Record<string, Widget> = Object.fromEntries(
  Object.entries(TYPES).filter((entry): entry is [string, Widget] => entry[1] !== null),
);
