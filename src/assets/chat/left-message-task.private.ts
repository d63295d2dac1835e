/**
 * The Task of a left message, once (docs/decisions/0009): TaskRouter has no idempotency key, but the attributes can hold
 * one, and Tasks can be searched by them.
 */
import type { TaskInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task';
import { isEmail } from '../http/input.private';
import type { TwilioCalls } from '../twilio/client.private';
import { isTwilioFailure, lateFailure } from '../twilio/failure.private';
import { LATE_EFFECT_MS, lateEffectWithinMs, throwLate } from '../twilio/late-effects.private';
import { undefinedIfGone } from './conversation.private';
import { hasEnded, noteEnded } from './ended-starts.private';

/** So that it does not wait in the line of the chats. Every Workspace has this one. Source: as TASK_CHANNEL of chats */
const TASK_CHANNEL = 'default';
/** Two weeks, the longest: a message from before a holiday is still there after it. Source: openapi taskrouter_v1 (Timeout) */
const TIMEOUT_SECONDS = 1_209_600;
/** The longest run of the Function that recorded the message, and the late effect of its last call. */
const TAKEN_OVER_AFTER_MS = 10_000 + LATE_EFFECT_MS;

export interface LeftMessage {
  friendlyName: string;
  /** An e-mail address or a phone number. */
  contact: string;
  message: string;
}

interface Receipt {
  messageSid: string;
  leftAt: Date;
  /** Whether this call recorded the message; then it alone makes the Task. */
  isFirst: boolean;
}

/** Other calls leave the Task to the first one until that must be over, and make it then if there is none. */
export async function ensureTask(
  twilio: TwilioCalls,
  { messageSid, leftAt, isFirst }: Receipt,
  identity: string,
  left: LeftMessage,
): Promise<void> {
  const { retry } = twilio;
  const look = async () => (await tasksOf(twilio, messageSid))[0];
  if (!isFirst) {
    const isOver = hasEnded(messageSid);
    const takenOverInMs = isOver ? 0 : leftAt.getTime() + TAKEN_OVER_AFTER_MS - Date.now();
    const waitMs = Math.max(takenOverInMs, lateEffectWithinMs(messageSid, retry));
    const untilMs = retry.nowMs() + waitMs;
    if (await retry.poll(look, untilMs)) return;
    if (retry.nowMs() < untilMs) throw lateFailure(untilMs - retry.nowMs());
  }
  const sentAtMs = retry.nowMs();
  try {
    await retry.once<unknown>(() => createTask(twilio, messageSid, identity, left), look);
  } catch (error) {
    if (!isTwilioFailure(error) || error.outcome !== 'late') noteEnded(messageSid);
    throwLate(error, messageSid, sentAtMs, retry);
  }
  await removeSurplus(twilio, messageSid);
}

/** The oldest first. */
async function tasksOf(twilio: TwilioCalls, messageSid: string): Promise<TaskInstance[]> {
  const { tasks } = workspaceOf(twilio);
  const found = await twilio.retry.repeat(() =>
    tasks.list({ evaluateTaskAttributes: `left_message_sid == "${messageSid}"` }),
  );
  return found.sort(
    (a, b) => a.dateCreated.getTime() - b.dateCreated.getTime() || a.sid.localeCompare(b.sid),
  );
}

/** Flex shows `name` and `from`; everything else in the Task's details. */
function createTask(
  twilio: TwilioCalls,
  messageSid: string,
  identity: string,
  { friendlyName: name, contact, message }: LeftMessage,
) {
  return workspaceOf(twilio).tasks.create({
    workflowSid: twilio.config.LEAVE_MESSAGE_WORKFLOW_SID!,
    taskChannel: TASK_CHANNEL,
    timeout: TIMEOUT_SECONDS,
    attributes: JSON.stringify({
      type: 'left-message',
      left_message_sid: messageSid,
      identity,
      from: contact,
      name,
      customerName: name,
      ...(isEmail(contact) ? { email: contact } : { phone: contact }),
      message,
    }),
  });
}

/** Two calls that could not see each other's Task: each that finds both deletes the younger one. */
async function removeSurplus(twilio: TwilioCalls, messageSid: string): Promise<void> {
  const [, ...surplus] = await tasksOf(twilio, messageSid);
  for (const { sid } of surplus) {
    await twilio.retry.repeat(() => workspaceOf(twilio).tasks(sid).remove()).catch(undefinedIfGone);
  }
}

function workspaceOf({ client, config }: TwilioCalls) {
  return client.taskrouter.v1.workspaces(config.TASKROUTER_WORKSPACE_SID);
}
