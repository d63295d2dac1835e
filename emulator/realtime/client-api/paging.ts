/** Lists as the SDK reads them: it follows `next_token` to the end. */
import { ok, type TunnelRequest, type TunnelResponse } from '../twilsock/tunnel';

/** Guess: Twilio's page size. */
const PAGE_SIZE = 50;

export function okPage<Item>(
  { query }: TunnelRequest,
  key: string,
  all: readonly Item[],
  toJson: (item: Item) => object,
): TunnelResponse {
  const start = Number(query.get('PageToken') ?? 0);
  const end = start + PAGE_SIZE;
  return ok({
    [key]: all.slice(start, end).map(toJson),
    meta: { next_token: end < all.length ? String(end) : null, previous_token: null },
  });
}
