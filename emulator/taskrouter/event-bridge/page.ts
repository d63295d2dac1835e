/** Lists in the tunnel: the next page is requested by the last SID, or by a token if the caller sorts. */
import { invalidParameter } from '../../core/errors';
import type { Form } from '../../core/form';

/** Source: sdk twilio-taskrouter (DEFAULT_PAGE_SIZE) */
const MAX_PAGE_SIZE = 1000;

export function toBridgePage<Item extends { sid: string }>(
  items: readonly Item[],
  form: Form,
  toJson: (item: Item) => object,
): object {
  const pageSize = form.integer('PageSize') ?? MAX_PAGE_SIZE;
  if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
    throw invalidParameter(`PageSize must be 1 to ${MAX_PAGE_SIZE}`);
  }
  const after = form.string('NextToken') ?? form.string('AfterSid');
  const start = after === undefined ? 0 : items.findIndex(({ sid }) => sid === after) + 1;
  const page = items.slice(start, start + pageSize);
  const next = start + pageSize < items.length ? page.at(-1)!.sid : null;
  return {
    contents: page.map(toJson),
    after_sid: next,
    before_sid: null,
    meta: { list_key: 'contents', next_token: next },
  };
}
