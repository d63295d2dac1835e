/** One answer of Twilio's for all callers of this process, for AVAILABILITY_SECONDS. Nothing is tried twice. */
import { toChatError } from '../http/errors.private';
import { writeLog } from '../http/log.private';
import type { TwilioCalls } from './client.private';

/** A caller gets no longer wait; what Twilio answers later is for the callers after it. */
const WAIT_MS = 1500;

export class SharedAnswer<Result> {
  private latest: { atMs: number; answer: Promise<Result | undefined> } | undefined;

  constructor(private readonly ask: (twilio: TwilioCalls) => Promise<Result>) {}

  /** Undefined if Twilio does not answer in time or with an error: that also counts for the callers after it. */
  async get(twilio: TwilioCalls): Promise<Result | undefined> {
    const { retry, config } = twilio;
    if (!this.latest || retry.nowMs() - this.latest.atMs >= config.AVAILABILITY_SECONDS * 1000) {
      const answer = this.ask(twilio).catch((error: unknown) => {
        writeLog('answer.skipped', toChatError(error).facts);
        return undefined;
      });
      this.latest = { atMs: retry.nowMs(), answer };
    }
    return retry.within(this.latest.answer, WAIT_MS);
  }
}
