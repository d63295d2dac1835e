/** Three rules for slow calls, each as a start with a first message. They resolve to whether the visitor got a success. */
import { isTwilioFailure } from '../../src/assets/twilio/failure.private';
import type { Pace } from '../../src/assets/twilio/pace.private';
import { Retry } from '../../src/assets/twilio/retry.private';
import type { ModelTwilio } from './model';
import type { VirtualClock } from './virtual-clock';

const BUDGET_MS = 7500;
const STEPS_TO_RESTART = 6;

export type Policy = (clock: VirtualClock, twilio: ModelTwilio, processPace: Pace) => Promise<boolean>;

export const POLICIES: Record<string, Policy> = {
  'abort after 1.6 s, repeat': abortAndRepeat,
  'wait to the deadline': waitToTheDeadline,
  'begin again elsewhere': beginAgain,
};

/** An abort counts as a failure; the webhook is sent again at once, the message once no other seems to be in flight. */
async function abortAndRepeat(clock: VirtualClock, twilio: ModelTwilio): Promise<boolean> {
  const endsAtMs = clock.nowMs() + BUDGET_MS;
  const repeat = async <Result>(
    effect: () => Result,
    found: () => boolean,
    waitMs: number,
  ): Promise<Result | undefined> => {
    for (;;) {
      const leftMs = endsAtMs - clock.nowMs();
      if (leftMs < 200) return undefined;
      try {
        return await twilio.call(effect, Math.min(1600, leftMs));
      } catch {
        await clock.sleep(waitMs);
        if (found()) return undefined;
      }
    }
  };
  const conversation = await repeat(twilio.create, () => false, 0);
  if (!conversation) return false;
  const hasWebhook = () => conversation.webhooks > 0;
  await repeat(() => twilio.addWebhook(conversation), hasWebhook, 0);
  if (!hasWebhook()) return false;
  conversation.webhooks = 1;
  await repeat(
    () => twilio.send(conversation),
    () => conversation.messages > 0,
    400,
  );
  return conversation.messages > 0;
}

/** Each call is made once. */
async function waitToTheDeadline(clock: VirtualClock, twilio: ModelTwilio): Promise<boolean> {
  const endsAtMs = clock.nowMs() + BUDGET_MS;
  const once = <Result>(effect: () => Result) => twilio.call(effect, endsAtMs - clock.nowMs());
  try {
    const conversation = await once(twilio.create);
    await once(() => twilio.addWebhook(conversation));
    await once(() => twilio.send(conversation));
    return true;
  } catch {
    return false;
  }
}

/** The rule of the Functions (docs/decisions/0009), with their own `Retry`. */
async function beginAgain(clock: VirtualClock, twilio: ModelTwilio, processPace: Pace): Promise<boolean> {
  const retry = new Retry(clock, BUDGET_MS, processPace);
  const call = <Result>(effect: () => Result) => twilio.call(effect, retry.callTimeoutMs());
  const repeat = <Result>(effect: () => Result) => retry.repeat(() => call(effect));
  /** True when it is done; false if it went unanswered and there is time for the alternative. */
  const once = (effect: () => void) =>
    retry
      .once(
        () => call(effect),
        async () => undefined,
        { ms: retry.waitLimitMs(STEPS_TO_RESTART), searches: false },
      )
      .then(() => true)
      .catch((error: unknown) => {
        if (!retry.leavesTimeFor(STEPS_TO_RESTART)) throw error;
        return false;
      });
  try {
    for (;;) {
      const conversation = await repeat(twilio.create);
      if (await once(() => twilio.addWebhook(conversation))) {
        if (await once(() => twilio.send(conversation))) return true;
        await repeat(() => void (conversation.webhooks = 0));
        if ((await repeat(() => conversation.messages)) > 0) {
          await repeat(() => void (conversation.webhooks = 1));
          return true;
        }
      }
      await repeat(() => twilio.delete(conversation));
    }
  } catch (error) {
    if (isTwilioFailure(error)) return false;
    throw error;
  }
}
