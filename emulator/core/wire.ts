/** Twilio's answers: snake_case JSON, dates without milliseconds, lists in pages. */
import { invalidParameter } from './errors';
import type { Pageable } from './sorted';

/** Most dates of an answer are in the same second. */
let lastSecond = NaN;
let lastText = '';

/** `2026-11-23T14:00:00Z`. Source: openapi (format date-time, examples without milliseconds) */
export function isoSeconds(date: Date): string {
  const second = Math.floor(date.getTime() / 1000);
  if (second !== lastSecond) {
    lastText = `${date.toISOString().slice(0, -'.000Z'.length)}Z`;
    lastSecond = second;
  }
  return lastText;
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

  const own = pageUrl(url, query, pageSize, start);
  const next = start + pageSize;
  return {
    meta: {
      page: Math.floor(start / pageSize),
      page_size: pageSize,
      first_page_url: start > 0 ? pageUrl(url, query, pageSize, 0) : own,
      previous_page_url: start > 0 ? pageUrl(url, query, pageSize, Math.max(0, start - pageSize)) : null,
      url: own,
      next_page_url: next < items.length ? pageUrl(url, query, pageSize, next) : null,
      key,
    },
    [key]: items.slice(start, next).map(toJson),
  };
}

function pageUrl(url: string, query: URLSearchParams, pageSize: number, first: number): string {
  const params = new URLSearchParams(query);
  params.set('PageSize', String(pageSize));
  params.set('Page', String(Math.floor(first / pageSize)));
  if (first > 0) params.set('PageToken', String(first));
  else params.delete('PageToken');
  return `${url}?${params}`;
}
