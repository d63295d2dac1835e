/** The order of the transcript: Messages by their index, unsent ones last, notices at the time of their event. */
import { keepLinks } from './attachments';
import type { ArrivedMessage, ChatEvent } from './events';
import type { ChatMessage, ChatState, Notice, TranscriptItem } from './model';

/** Inserts a Message at its place. A Message that is already there only gets the new content. */
export function placeMessage(
  items: readonly TranscriptItem[],
  arrived: ArrivedMessage,
): readonly TranscriptItem[] {
  const present = items.findIndex((item) => item.key === arrived.key || indexOf(item) === arrived.index);
  const before = items[present];
  const message = {
    kind: 'message',
    content: null,
    answer: null,
    ...arrived,
    attachments: keepLinks(arrived.attachments, before?.kind === 'message' ? before.attachments : []),
    status: 'sent',
    progress: null,
  } satisfies ChatMessage;
  if (present >= 0 && isInPlace(items, present, message.index)) return items.with(present, message);
  const others = present < 0 ? items : items.toSpliced(present, 1);
  const after = others.findIndex((item) => isUnsent(item) || (indexOf(item) ?? -1) > message.index);
  let place = after < 0 ? others.length : after;
  // Later joins stay below it: after a reload, an earlier page is inserted above the join notice on top.
  while (standsAfter(others[place - 1], message)) place -= 1;
  return others.toSpliced(place, 0, message);
}

/** Removes Messages that Twilio no longer has: all in the range of indexes except these. */
export function removeMessages(
  items: readonly TranscriptItem[],
  [from, to]: readonly [number, number],
  except: readonly ArrivedMessage[] = [],
): readonly TranscriptItem[] {
  const kept = new Set(except.map(({ index }) => index));
  const isThere = (index: number | null): boolean =>
    index === null || index < from || index > to || kept.has(index);
  const left = items.filter((item) => isThere(indexOf(item)));
  return left.length === items.length ? items : left;
}

export function placeSending(
  items: readonly TranscriptItem[],
  { key, body, at, attachments, answer = null }: Omit<Extract<ChatEvent, { type: 'sending' }>, 'type'>,
): TranscriptItem[] {
  const message: ChatMessage = {
    kind: 'message',
    key,
    author: 'visitor',
    authorKey: null,
    name: '',
    body,
    attachments,
    content: null,
    answer,
    progress: attachments.length > 0 ? 0 : null,
    at,
    status: 'sending',
    index: null,
  };
  const present = items.findIndex((item) => item.key === key);
  if (present < 0) return [...items, message];
  // A retry of a message that has meanwhile arrived changes nothing.
  return indexOf(items[present]!) === null ? items.with(present, message) : [...items];
}

/** Only for messages that are being sent: late progress does not change one that has arrived, failed or was cancelled. */
export function placeProgress(
  items: readonly TranscriptItem[],
  { key, progress }: { key: string; progress: number },
): TranscriptItem[] {
  return items.map((item) =>
    item.kind === 'message' && item.key === key && item.status === 'sending' ? { ...item, progress } : item,
  );
}

/** Inserts a notice once. Agents' names arrive late, so a join notice is placed before the messages that follow the join. */
export function placeNotice(items: readonly TranscriptItem[], notice: Notice): readonly TranscriptItem[] {
  if (items.some((item) => item.key === notice.key)) return items;
  const isSince = (item: TranscriptItem): boolean =>
    isUnsent(item) || (item.at > notice.at && (item.kind === 'message' || item.notice === 'agentJoined'));
  const after = notice.notice === 'agentJoined' ? items.findIndex(isSince) : -1;
  return items.toSpliced(after < 0 ? items.length : after, 0, notice);
}

/** Still to be delivered, oldest first. */
export function unsentMessages(items: readonly TranscriptItem[]): ChatMessage[] {
  return items.filter((item): item is ChatMessage => item.kind === 'message' && isUnsent(item));
}

export function hasMessage(items: readonly TranscriptItem[], index: number): boolean {
  return items.some((item) => indexOf(item) === index);
}

/** Index of the newest Message in the state; null if there is none. */
export function lastIndex(items: readonly TranscriptItem[]): number | null {
  return indexOf(items.findLast(isAtTwilio));
}

/** Index of the oldest one. */
export function firstIndex(items: readonly TranscriptItem[]): number | null {
  return indexOf(items.find(isAtTwilio));
}

/** The number of the other side's Messages that the visitor has not seen. */
export function countUnread({ items, seenIndex }: ChatState): number {
  return items.filter(
    (item) => item.kind === 'message' && item.author === 'agent' && (item.index ?? -1) > seenIndex,
  ).length;
}

/** Nothing comes after the end. Only joins have Twilio's time; leaves have the time of this computer. */
function standsAfter(item: TranscriptItem | undefined, { at }: ChatMessage): boolean {
  if (item?.kind !== 'notice') return false;
  return item.notice === 'ended' || (item.notice === 'agentJoined' && item.at > at);
}

function isUnsent(item: TranscriptItem): boolean {
  return item.kind === 'message' && item.index === null;
}

function indexOf(item: TranscriptItem | undefined): number | null {
  return item?.kind === 'message' ? item.index : null;
}

function isAtTwilio(item: TranscriptItem): boolean {
  return indexOf(item) !== null;
}

/** Whether a Message with this index fits at this place: between the next ones that have an index, before all unsent ones. */
function isInPlace(items: readonly TranscriptItem[], position: number, index: number): boolean {
  let before = position - 1;
  while (before >= 0 && indexOf(items[before]!) === null) {
    if (isUnsent(items[before]!)) return false;
    before -= 1;
  }
  let after = position + 1;
  while (after < items.length && indexOf(items[after]!) === null) after += 1;
  return (indexOf(items[before]) ?? -1) < index && index < (indexOf(items[after]) ?? Infinity);
}
