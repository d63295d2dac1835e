/**
 * POST /availability: whether a chat can be started now, and what to expect, before the visitor writes.
 *
 * In      {}
 * Out     200 { isOpen, opensAt?, agentsAvailable?, waitMinutes?, leaveMessage }
 * Fails   400 invalid_request | 403 origin_not_allowed
 *         415 unsupported_content_type
 *
 * Needs no token and issues none. Makes at most one call to Twilio, and none for AVAILABILITY_SECONDS after one. If Twilio does not
 * answer, the answer has the operating hours alone. `waitMinutes` is coarse: 0, 1, 2, 5, 10, 15, 30 or 60.
 *
 * @see https://www.twilio.com/docs/taskrouter/api/taskqueue-statistics
 */
import { boolean, isoTimestamp, number, optional, pipe, string } from 'valibot';
import { staffingOf } from '../assets/chat/availability.private';
import { nextOpening } from '../assets/chat/operating-hours.private';
import { defineFunction } from '../assets/http/define-function.private';

export const handler = defineFunction({
  access: 'anyone',
  input: {},
  answer: () => ({
    isOpen: boolean(),
    opensAt: optional(pipe(string(), isoTimestamp())),
    agentsAvailable: optional(boolean()),
    waitMinutes: optional(number()),
    leaveMessage: boolean(),
  }),

  async run(call) {
    const { config } = call;
    const opensAt = nextOpening(config, Date.now());
    const leaveMessage = config.LEAVE_MESSAGE_TO !== undefined;
    if (opensAt !== 'now') {
      return { status: 200, body: { isOpen: false, ...(opensAt && { opensAt }), leaveMessage } };
    }
    const isKnown = config.TASKROUTER_TASK_QUEUE_SID !== undefined;
    const staffing = isKnown ? await staffingOf(call.twilio) : undefined;
    return { status: 200, body: { isOpen: true, ...staffing, leaveMessage } };
  },
});
