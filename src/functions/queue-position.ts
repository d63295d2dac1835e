/**
 * POST /queue-position: the visitor's place in the queue while it waits for an agent.
 *
 * In      { token }
 * Out     200 { position? }
 * Fails   400 invalid_request | 401 invalid_token, token_expired, session_ended
 *         403 origin_not_allowed
 *         415 unsupported_content_type
 *
 * 1 is the next one. Missing if the visitor has no waiting Task, if a hundred visitors are ahead, and if Twilio
 * does not answer. All callers share one list, for AVAILABILITY_SECONDS.
 *
 * @see https://www.twilio.com/docs/taskrouter/api/task
 */
import { number, optional } from 'valibot';
import { positionOf } from '../assets/chat/waiting-line.private';
import { defineFunction } from '../assets/http/define-function.private';

export const handler = defineFunction({
  access: 'visitor',
  input: {},
  answer: () => ({ position: optional(number()) }),

  async run(call) {
    const isKnown = call.config.TASKROUTER_TASK_QUEUE_SID !== undefined;
    const position = isKnown ? await positionOf(call.twilio, call.pass.identity) : undefined;
    return { status: 200, body: position === undefined ? {} : { position } };
  },
});
