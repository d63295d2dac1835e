/** Three rules for calls that are slow, each as a start with first words. They resolve to whether the visitor was told "ok". */
import { isTwilioFailure } from '../../src/assets/twilio/failure.private';
import type { Pace } from '../../src/assets/twilio/pace.private';
import { Retry } from '../../src/assets/twilio/retry.private';
import type { ModelTwilio } from './model';
import type { VirtualClock } from './virtual-clock';

const BUDGET_MS = 7500;
const STEPS_TO_BEGIN_AGAIN = 6;

export type Policy = (clock: VirtualClock, twilio: ModelTwilio, processPace: Pace) => Promise<boolean>;

export const POLICIES: Record<string, Policy> = {
  'abort after 1.6 s, repeat': abortAndRepeat,
  'wait to the deadline': waitToTheDeadline,
  'begin again elsewhere': beginAgain,
};

/** An abort counts as a failure; the webhook is sent again at once, the message once nothing seems to be on its way. */
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

/** The rule of the Functions (docs/decisions/0009), by their own `Retry`. */
async function beginAgain(clock: VirtualClock, twilio: ModelTwilio, processPace: Pace): Promise<boolean> {
  const retry = new Retry(clock, BUDGET_MS, processPace);
  const call = <Result>(effect: () => Result) => twilio.call(effect, retry.callTimeoutMs());
  const repeat = <Result>(effect: () => Result) => retry.repeat(() => call(effect));
  /** True once it is done; false where it went unanswered and there is time to do without it. */
  const once = (effect: () => void) =>
    retry
      .once(
        () => call(effect),
        async () => undefined,
        { ms: retry.patienceMs(STEPS_TO_BEGIN_AGAIN), looks: false },
      )
      .then(() => true)
      .catch((error: unknown) => {
        if (!retry.leavesTimeFor(STEPS_TO_BEGIN_AGAIN)) throw error;
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
