/**
 * POST /task-events: TaskRouter events of the chats' Tasks. Unanswered visitors get a message, and ended chats
 * are closed; with TRANSCRIPTS, the messages go to the site's hook. Tasks of other channels, SMS or WhatsApp, are ignored.
 *
 * In      a signed form; EventType, TaskSid and TaskAttributes matter
 * Out     200 {}, also for events that are ignored
 * Fails   400 invalid_request | 403 invalid_signature | 415 unsupported_content_type
 *         502 twilio_error | 503 twilio_unavailable
 *
 * Register it as the Workspace's EventCallbackUrl (docs/operations.md).
 *
 * @see https://www.twilio.com/docs/taskrouter/api/event/reference
 */
import { endUnanswered, tidyUp } from '../assets/chat/end.private';
import { readTask } from '../assets/chat/task.private';
import { deliverTranscript } from '../assets/chat/transcript-delivery.private';
import { defineWebhook } from '../assets/http/define-webhook.private';

/** A Workflow without remaining targets cancels the Task; the order of the two events is not documented. */
const UNANSWERED = ['task.canceled', 'workflow.timeout'];

export const handler = defineWebhook(async ({ params, twilio, note }) => {
  const { EventType: eventType, TaskSid: taskSid, TaskAttributes: attributes } = params;
  note({ eventType, taskSid });
  if (eventType === undefined || taskSid === undefined || attributes === undefined) return;
  const task = readTask(taskSid, attributes, false);
  if (!task) return;
  note({ conversationSid: task.conversationSid });
  if (UNANSWERED.includes(eventType)) note(await endUnanswered(twilio, task));
  else if (eventType === 'task.completed') {
    // Flex may have closed the Conversation without a report; what this closes is reported.
    note(await deliverTranscript(twilio, task.conversationSid));
    note(await tidyUp(twilio, task));
  }
});
