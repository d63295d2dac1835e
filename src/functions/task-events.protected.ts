/**
 * POST /task-events: what TaskRouter tells of the chats' Tasks. Nobody waits in silence, and nothing is left open.
 * Tasks of other channels, SMS or WhatsApp, are left alone.
 *
 * In      a signed form; EventType, TaskSid and TaskAttributes matter
 * Out     200 {}, for events that mean nothing to us, too
 * Fails   400 invalid_request | 403 invalid_signature | 415 unsupported_content_type
 *         502 twilio_error | 503 twilio_unavailable
 *
 * Register it as the Workspace's EventCallbackUrl (docs/operations.md).
 *
 * @see https://www.twilio.com/docs/taskrouter/api/event/reference
 */
import { giveUpOnAgents, tidyUp } from '../assets/chat/end.private';
import { readTask } from '../assets/chat/task.private';
import { defineWebhook } from '../assets/http/define-webhook.private';

/** A Workflow that ran out of targets cancels the Task; which of the two events comes first is not documented. */
const UNANSWERED = ['task.canceled', 'workflow.timeout'];

export const handler = defineWebhook(async ({ params, twilio, note }) => {
  const { EventType: eventType, TaskSid: taskSid, TaskAttributes: attributes } = params;
  note({ eventType, taskSid });
  if (eventType === undefined || taskSid === undefined || attributes === undefined) return;
  const task = readTask(taskSid, attributes, false);
  if (!task) return;
  note({ conversationSid: task.conversationSid });
  if (UNANSWERED.includes(eventType)) note(await giveUpOnAgents(twilio, task));
  else if (eventType === 'task.completed') note(await tidyUp(twilio, task));
});
