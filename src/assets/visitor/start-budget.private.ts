/**
 * The limit on anonymous starts per minute for the whole deployment. Functions see no client address and share no
 * memory, so Twilio Sync keeps the count: one List per minute, one item per start.
 */
import type { Twilio } from 'twilio';
import { ChatError, toChatError, twilioCodeOf, twilioStatusOf } from '../http/errors.private';
import { writeLog } from '../http/log.private';
import type { Config } from '../settings/config.private';

const MINUTE_MS = 60_000;
/** Two minutes: the List outlives the minute it counts, even if the clocks of several instances differ. */
const LIST_TTL_SECONDS = 120;
/** Source: openapi sync_v1 (maximum of PageSize) */
const ITEMS_PAGE_SIZE = 100;
/** Source: docs https://www.twilio.com/docs/api/errors/54301 */
const LIST_EXISTS = 54301;

/** The last minute whose limit this instance has seen exhausted: further rejections need no call. */
let exhaustedMinute = -1;

/** Counts one start, or throws `too_many_starts` with the seconds until the next minute begins. */
export async function countStart(twilio: Twilio, config: Config): Promise<void> {
  const nowMs = Date.now();
  const minute = Math.floor(nowMs / MINUTE_MS);
  if (exhaustedMinute !== minute && (await isAdmitted(twilio, config, minute))) return;
  exhaustedMinute = minute;
  const retryAfterSeconds = Math.ceil(((minute + 1) * MINUTE_MS - nowMs) / 1000);
  throw new ChatError('too_many_starts', { retryAfterSeconds });
}

/**
 * Sync accepts 20 writes per second into one List (Source: docs https://www.twilio.com/docs/sync/limits): a flood
 * beyond that also exceeds the budget. If Sync is down, starts are allowed without being counted.
 */
async function isAdmitted(twilio: Twilio, config: Config, minute: number): Promise<boolean> {
  try {
    return await isWithinBudget(twilio, config, minute);
  } catch (error) {
    const { code, facts } = toChatError(error);
    if (facts['twilioStatus'] === 429) return false;
    if (code !== 'twilio_unavailable') throw error;
    writeLog('budget.skipped', facts);
    return true;
  }
}

/**
 * Items are strictly ordered, so each start has a definite place among simultaneous ones. Indexes rise but may skip
 * (Source: docs https://www.twilio.com/docs/sync/api/listitem-resource), so a low index proves a place within the
 * budget, and a high index requires a look at the first items.
 */
async function isWithinBudget(twilio: Twilio, config: Config, minute: number): Promise<boolean> {
  const limit = config.ANONYMOUS_STARTS_PER_MINUTE;
  const uniqueName = `chat-starts-${minute}`;
  const { syncLists } = twilio.sync.v1.services(config.SYNC_SERVICE_SID!);
  const { syncListItems } = syncLists(uniqueName);
  const add = () => syncListItems.create({ data: {} });

  const { index } = await add().catch(async (error: unknown) => {
    if (twilioStatusOf(error) !== 404) throw error;
    await syncLists.create({ uniqueName, collectionTtl: LIST_TTL_SECONDS }).catch(unlessExists);
    return add();
  });
  if (index < limit) return true;
  const first = await syncListItems.list({ order: 'asc', pageSize: ITEMS_PAGE_SIZE, limit });
  return first.some((item) => item.index === index);
}

/** Another start of the same minute created it first. */
function unlessExists(error: unknown): void {
  if (twilioCodeOf(error) !== LIST_EXISTS) throw error;
}
