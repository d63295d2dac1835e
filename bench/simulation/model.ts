/** A model of Twilio from a start's view: each call is carried out, and answered, after a delay. */
import { TwilioFailure } from '../../src/assets/twilio/failure.private';
import type { VirtualClock } from './virtual-clock';

/** Milliseconds until a call is carried out and answered; Infinity: never. */
export type Delays = (random: () => number) => number;

export const DELAYS: Record<string, Delays> = {
  'quick (100 ms)': () => 100,
  'every call takes 0.9 s': () => 900,
  'every call takes 1.7 s': () => 1700,
  'every call takes 2.2 s': () => 2200,
  // Median 300 ms, 1 in 100 above 3 s.
  'a long tail': (random) => 300 * Math.exp(gaussian(random)),
  '10 % late by 3 s': (random) => (random() < 0.1 ? 3000 : 100),
  '10 % late by 9 s': (random) => (random() < 0.1 ? 9000 : 100),
  '10 % never': (random) => (random() < 0.1 ? Infinity : 100),
};

function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

interface Conversation {
  isDeleted: boolean;
  hasParticipant: boolean;
  webhooks: number;
  messages: number;
}

/** What one visitor's start leaves at Twilio. */
export class ModelTwilio {
  calls = 0;
  /** The Conversation with the visitor's name, if any. */
  current: Conversation | undefined;
  /** How many messages reached a Flow. */
  flowStarts = 0;

  constructor(
    private readonly clock: VirtualClock,
    private readonly delays: Delays,
  ) {}

  /**
   * @param limitMs the caller's timeout; the call is carried out anyway
   */
  async call<Result>(effect: () => Result, limitMs: number): Promise<Result> {
    this.calls += 1;
    const delayMs = this.delays(this.clock.random);
    const outcome = this.clock.sleep(delayMs).then(effect);
    const answer = await Promise.race([
      outcome.then((result) => ({ result })),
      this.clock.sleep(limitMs).then(() => undefined),
    ]);
    if (!answer) throw new TwilioFailure('late', {});
    return answer.result;
  }

  create = (): Conversation =>
    (this.current ??= { isDeleted: false, hasParticipant: false, webhooks: 0, messages: 0 });

  delete = (conversation: Conversation): void => {
    conversation.isDeleted = true;
    if (this.current === conversation) this.current = undefined;
  };

  addWebhook = (conversation: Conversation): void => {
    if (!conversation.isDeleted) conversation.webhooks += 1;
  };

  send = (conversation: Conversation): void => {
    if (conversation.isDeleted) return;
    conversation.messages += 1;
    this.flowStarts += conversation.webhooks;
  };
}
