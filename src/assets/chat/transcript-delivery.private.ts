/** The transcript of an ended chat goes to the site's hook, and again until it is accepted or a day is over (docs/decisions/0016). */
import { randomUUID } from 'node:crypto';
import { toChatError, type LogFacts } from '../http/errors.private';
import { callHook } from '../http/outbound-hook.private';
import type { TwilioCalls } from '../twilio/client.private';
import { ownerIn, transcriptName, triesIn } from './conversation-name.private';
import { fetchConversation, serviceOf, UNIQUE_NAME_TAKEN, unless } from './conversation.private';
import { readTranscript } from './transcript.private';

/** From each failed try to the next one: together 24 hours. Twilio's shortest closing timer is ten minutes. */
const RETRY_MINUTES = [10, 20, 40, 80, 160, 320, 640, 170];

/**
 * For any event that may mean the end of a chat, or that another try is due. The next try is arranged before this one:
 * the call that arranges it sends, other calls at the same moment do not, and a call that dies is followed by the next try.
 */
export async function deliverTranscript(twilio: TwilioCalls, sidOrName: string): Promise<LogFacts> {
  const { config } = twilio;
  if (!config.TRANSCRIPTS) return {};
  let conversation = await fetchConversation(twilio, sidOrName);
  const due = conversation && triesIn(config, conversation.uniqueName);
  if (due) conversation = await fetchConversation(twilio, due.conversationSid);
  const identity = conversation && ownerIn(config, conversation.uniqueName);
  if (!conversation || identity === undefined || conversation.state !== 'closed') return {};
  const { sid: conversationSid } = conversation;
  const tries = (due?.tries ?? 0) + 1;
  const settled = transcriptName(config, conversationSid, 'settled');
  if (await fetchConversation(twilio, settled)) return { transcript: 'settled' };
  const minutes = RETRY_MINUTES[tries - 1];
  if (minutes !== undefined) {
    const next = transcriptName(config, conversationSid, tries);
    if (!(await record(twilio, next, { conversationSid }, minutes)))
      return { transcript: 'elsewhere', tries };
  }

  const data = await readTranscript(twilio, conversation, identity);
  const facts = await callHook(config, {
    id: `transcript-${conversationSid}`,
    type: 'chat.ended',
    data,
  }).then(
    () => ({ transcript: 'accepted' }),
    (error: unknown) => {
      const failure = toChatError(error);
      if (failure.code === 'hook_error') return { transcript: 'rejected', ...failure.facts };
      if (failure.code === 'hook_unavailable') return { transcript: 'later', ...failure.facts };
      throw failure;
    },
  );
  if (facts.transcript !== 'later') {
    await record(twilio, settled, { conversationSid, isAccepted: facts.transcript === 'accepted' });
  }
  return { ...facts, tries };
}

/**
 * A Conversation without Participants. Its timer, if it has one, closes it, and Twilio reports that to
 * /conversation-events. False if another call has made it.
 */
async function record(
  twilio: TwilioCalls,
  uniqueName: string,
  { conversationSid, isAccepted }: { conversationSid: string; isAccepted?: boolean },
  closesAfterMinutes?: number,
): Promise<boolean> {
  const { conversations } = serviceOf(twilio);
  const parameters = {
    uniqueName,
    friendlyName: `Transcript of ${conversationSid}`,
    // The last member recognises this call's own record, if the answer was lost.
    attributes: JSON.stringify({
      conversation_sid: conversationSid,
      is_accepted: isAccepted,
      made_by: randomUUID(),
    }),
    state: 'inactive' as const,
    ...(closesAfterMinutes !== undefined && { 'timers.closed': `PT${closesAfterMinutes}M` }),
  };
  const made = await twilio.retry
    .repeat(() => conversations.create(parameters))
    .catch(unless(UNIQUE_NAME_TAKEN));
  const present = made ?? (await fetchConversation(twilio, uniqueName));
  return present?.attributes === parameters.attributes;
}
