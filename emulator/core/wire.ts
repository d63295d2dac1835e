/** Twilio's answers: snake_case JSON, dates without milliseconds, lists in pages. */
import { invalidParameter } from './errors';
import type { Pageable } from './sorted';

/** `2026-11-23T14:00:00Z`. Source: openapi (format date-time, examples without milliseconds) */
export function isoSeconds(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

export interface PageRequest {
  /** The list's own address, without query: absolute, because clients follow `next_page_url` unchanged. */
  url: string;
  query: URLSearchParams;
  /** Largest PageSize that this resource takes. Source: openapi (maximum on PageSize) */
  maxPageSize: number;
}

const DEFAULT_PAGE_SIZE = 50;

/** One page of a list, with Twilio's `meta`. PageToken here is the index of the page's first item. */
export function toPage<Item>(
  key: string,
  items: Pageable<Item>,
  toJson: (item: Item) => object,
  { url, query, maxPageSize }: PageRequest,
): object {
  const pageSize = Number(query.get('PageSize') ?? Math.min(DEFAULT_PAGE_SIZE, maxPageSize));
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > maxPageSize) {
    throw invalidParameter(`PageSize must be between 1 and ${maxPageSize}`);
  }
  const page = Number(query.get('Page') ?? 0);
  const start = query.has('PageToken') ? Number(query.get('PageToken')) : page * pageSize;
  if (!Number.isInteger(start) || start < 0) throw invalidParameter('Invalid page');

  const address = (first: number): string => {
    const params = new URLSearchParams(query);
    params.set('PageSize', String(pageSize));
    params.set('Page', String(Math.floor(first / pageSize)));
    if (first > 0) params.set('PageToken', String(first));
    else params.delete('PageToken');
    return `${url}?${params}`;
  };
  return {
    meta: {
      page: Math.floor(start / pageSize),
      page_size: pageSize,
      first_page_url: address(0),
      previous_page_url: start > 0 ? address(Math.max(0, start - pageSize)) : null,
      url: address(start),
      next_page_url: start + pageSize < items.length ? address(start + pageSize) : null,
      key,
    },
    [key]: items.slice(start, start + pageSize).map(toJson),
  };
}
