/** The announcements for screen readers between two successive states: each thing once. */
import type { ChatMessage, ChatState, TranscriptItem } from '../../state/model';
import { lastIndex } from '../../state/transcript';
import type { Text } from '../../text/text';
import { messageText } from '../files/file-text';
import { authorName, noticeText } from '../transcript/transcript-text';

export interface Announcement {
  key: string;
  text: string;
}

/** @param typed keys of agents whose typing was announced since their last message; updated here */
export function announcements(
  before: ChatState,
  after: ChatState,
  typed: Set<string>,
  text: Text,
): Announcement[] {
  return [...ofItems(before, after, text), ...ofTyping(after, typed, text), ...ofChat(before, after, text)];
}

function ofItems(before: ChatState, after: ChatState, text: Text): Announcement[] {
  if (before.items === after.items) return [];
  const known = new Map(before.items.map((item) => [item.key, item]));
  const newest = lastIndex(before.items) ?? -1;
  // Messages that a reload or an earlier page restores are not new.
  const isPast = before.phase === 'starting' || after.phase === 'starting';
  const isOffline = after.connection === 'reconnecting';
  return after.items.flatMap((item) => {
    const present = known.get(item.key);
    const isNew = !present && !isPast;
    const said =
      item.kind === 'message' && item.author === 'visitor'
        ? ofOwn(item, present, isOffline, text)
        : isNew && !(item.kind === 'message' && item.index! <= newest)
          ? { what: 'is', text: ofOther(item, text) }
          : null;
    return said === null ? [] : [{ key: `${item.key}:${said.what}`, text: said.text }];
  });
}

function ofOther(item: TranscriptItem, text: Text): string {
  if (item.kind === 'notice') return noticeText(item, text);
  return text.said(authorName(item, text), messageText(item, text, ', '));
}

function ofOwn(
  message: ChatMessage,
  before: TranscriptItem | undefined,
  isOffline: boolean,
  text: Text,
): { what: string; text: string } | null {
  const { status } = message;
  if (before?.kind === 'message' && before.status === status) return null;
  if (status === 'failed') {
    return { what: status, text: `${text.failed} ${messageText(message, text, ', ')}` };
  }
  // A message that is first seen as sent is an old one, or from another tab.
  if (status === 'sent') return before ? { what: status, text: text.sent } : null;
  return isOffline ? { what: 'queued', text: text.queued } : null;
}

function ofTyping({ agents, items }: ChatState, typed: Set<string>, text: Text): Announcement[] {
  const last = items.findLast((item) => item.kind === 'message' && item.author === 'agent');
  return agents.flatMap(({ participantSid, authorKey, name, typing }) => {
    const burst = `${participantSid}:typing:${last?.authorKey === authorKey ? last.key : ''}`;
    if (!typing || typed.has(burst)) return [];
    typed.add(burst);
    return [{ key: burst, text: text.typing(name || text.agent) }];
  });
}

function ofChat(before: ChatState, after: ChatState, text: Text): Announcement[] {
  const said: Announcement[] = [];
  const isNew = after.phase === 'new' && (before.phase === 'ended' || before.connection === 'lost');
  if (isNew) said.push({ key: 'new', text: text.newChat });
  if (before.connection === 'reconnecting' && after.connection === 'connected') {
    said.push({ key: 'reconnected', text: text.reconnected });
  }
  const isWaiting = ({ phase, agents }: ChatState): boolean => phase === 'open' && agents.length === 0;
  if (isWaiting(after) && !isWaiting(before)) said.push({ key: 'waiting', text: text.inQueue });
  return said;
}
