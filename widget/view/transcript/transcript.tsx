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
/** Within this distance from the end, the transcript follows new messages; further up, the visitor is reading. */
const STICKY_PX = 80;
/** Within this distance from the beginning, the previous page is loaded. */
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
  // A line with "Today" must change at midnight.
  const today = new Date().toDateString();
  const typing = agents.filter((agent) => agent.typing);
  const last = items.at(-1);
  const isOwnLast = last?.kind === 'message' && last.status === 'sending';
  const unread = countUnread(state);
  const unreadLine = useUnreadLine(state, isOpen && isAtEnd, isOwnLast);
  useSeen(region, state, isOpen, onSeen);
  const firstKey = items[0]?.key;
  const before = useRef(firstKey);
  // Measured before earlier lines are inserted above it. The bottom, because its day or name may disappear from the top.
  const first = before.current === firstKey ? null : region.current?.querySelector('li');
  const foot = first?.getBoundingClientRect().bottom;

  useLayoutEffect(() => {
    const element = region.current!;
    if (isSticky.current || isOwnLast) element.scrollTop = element.scrollHeight;
    // Keeps the visible lines in place, with or without the browser's scroll anchoring.
    else if (first) element.scrollTop += first.getBoundingClientRect().bottom - foot!;
    before.current = firstKey;
  }, [items, typing.length, isOwnLast, isOpen]);

  // The size of the transcript changes (the survey, a phone's keyboard), and that of its lines, too (pictures load late).
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
      {/* A tab stop, so that keyboard users can scroll it. */}
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
