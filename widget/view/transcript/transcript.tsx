/** The conversation so far. New messages are announced elsewhere (news/announcer.tsx): this region stays silent. */
import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatMessage, ChatState, TranscriptItem } from '../../state/model';
import { countUnread } from '../../state/transcript';
import type { Text } from '../../text/text';
import { MessageLine, NoticeLine, type MessageActions } from './lines';
import { authorName } from './transcript-text';
import { useSeen, useUnreadLine } from './seen';
import { isSameDay } from '../time';
import { Unchanged } from './unchanged';

/** Messages of one author within this time belong together: one name, one time. */
const GROUP_MS = 3 * 60_000;
/** A reader this close to the end wants to see what comes; further up, they are reading. */
const STICKY_PX = 80;
/** This close to the beginning, the page before is fetched. */
const EARLIER_PX = 160;

interface TranscriptProps {
  state: ChatState;
  text: Text;
  isOpen: boolean;
  actions: MessageActions;
  onEarlier: () => void;
  onSeen: (index: number) => void;
}

export function Transcript({ state, text, isOpen, actions, onEarlier, onSeen }: TranscriptProps) {
  const { items, agents, history } = state;
  const region = useRef<HTMLDivElement>(null);
  const isSticky = useRef(true);
  const [isAtEnd, setAtEnd] = useState(true);
  // "Today" is a matter of the day.
  const today = new Date().toDateString();
  const typing = agents.filter((agent) => agent.typing);
  const last = items.at(-1);
  const isOwnLast = last?.kind === 'message' && last.status === 'sending';
  const unread = countUnread(state);
  const unreadLine = useUnreadLine(state, isOpen && isAtEnd, isOwnLast);
  useSeen(region, state, isOpen, onSeen);
  const firstKey = items[0]?.key;
  const before = useRef(firstKey);
  // Asked before earlier lines come in above it. Its foot, because its head may go: the day, the name.
  const first = before.current === firstKey ? null : region.current?.querySelector('li');
  const foot = first?.getBoundingClientRect().bottom;

  useLayoutEffect(() => {
    const element = region.current!;
    if (isSticky.current || isOwnLast) element.scrollTop = element.scrollHeight;
    // What was read stays where it is, whatever the browser has done about it by itself.
    else if (first) element.scrollTop += first.getBoundingClientRect().bottom - foot!;
    before.current = firstKey;
  }, [items, typing.length, isOwnLast, isOpen]);

  // The room for it changes too (the question at the end, the keyboard of a phone), and so do lines (pictures come late).
  useEffect(() => {
    const element = region.current!;
    const observer = new ResizeObserver(() => {
      if (isSticky.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    observer.observe(element.lastElementChild!);
    return () => observer.disconnect();
  }, []);

  const onScroll = (): void => {
    const { scrollHeight, scrollTop, clientHeight } = region.current!;
    isSticky.current = scrollHeight - scrollTop - clientHeight < STICKY_PX;
    setAtEnd(isSticky.current);
    if (scrollTop < EARLIER_PX && history === 'more') onEarlier();
  };
  const goToEnd = (): void => {
    region.current!.scrollTop = region.current!.scrollHeight;
    region.current!.focus();
  };
  const lastRead = Math.max(-1, ...agents.map((agent) => agent.lastReadIndex ?? -1));
  const lastSent = items.findLast(isSent);

  return (
    <div class="transcript-place">
      {/* Keyboard users scroll it like any other page, hence the tab stop. */}
      <div
        ref={region}
        class="transcript"
        role="log"
        aria-live="off"
        aria-label={text.transcript}
        tabIndex={0}
        onScroll={onScroll}
      >
        {history !== 'none' && (
          <button
            type="button"
            class="link earlier"
            aria-disabled={history === 'loading'}
            onClick={onEarlier}
          >
            {history === 'loading' ? text.loadingEarlier : text.earlier}
          </button>
        )}
        <ol class="items">
          {items.map((item, position) => {
            const previous = items[position - 1];
            const next = items[position + 1];
            const name = item.kind === 'message' ? authorName(item, text) : '';
            const mark = item === lastSent ? (lastSent.index! <= lastRead ? text.seen : text.sent) : null;
            const draw = (): VNode => {
              const opensDay = previous === undefined || !isSameDay(previous.at, item.at);
              return item.kind === 'notice' ? (
                <NoticeLine notice={item} text={text} opensDay={opensDay} />
              ) : (
                <MessageLine
                  message={item}
                  name={name}
                  text={text}
                  opensDay={opensDay}
                  opensGroup={opensDay || !isSameGroup(previous, item)}
                  closesGroup={!isSameGroup(next, item)}
                  mark={mark}
                  actions={actions}
                  opensUnread={item.key === unreadLine}
                />
              );
            };
            const causes = [item, previous, next, name, mark, text, actions, today, item.key === unreadLine];
            return <Unchanged key={item.key} causes={causes} draw={draw} />;
          })}
          {typing.map((agent) => (
            <li key={agent.participantSid} class="message message-agent">
              <span class="typing" role="img" aria-label={text.typing(agent.name || text.agent)}>
                <i />
                <i />
                <i />
              </span>
            </li>
          ))}
        </ol>
      </div>
      {!isAtEnd && unread > 0 && (
        <button type="button" class="unread-pill" onClick={goToEnd}>
          {text.unread(unread)}
        </button>
      )}
    </div>
  );
}

function isSent(item: TranscriptItem): item is ChatMessage {
  return item.kind === 'message' && item.author === 'visitor' && item.index !== null;
}

function isSameGroup(other: TranscriptItem | undefined, message: ChatMessage): boolean {
  return (
    other?.kind === 'message' &&
    other.author === message.author &&
    other.authorKey === message.authorKey &&
    Math.abs(other.at - message.at) < GROUP_MS
  );
}
