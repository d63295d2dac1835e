/** The conversation so far. New messages are announced elsewhere (announcer.tsx): this region stays silent. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Agent, ChatMessage, ChatState, Notice, TranscriptItem } from '../state/model';
import { TEXT, timeText } from './text';

/** Messages of one author within this time belong together: one name, one time. */
const GROUP_MS = 3 * 60_000;
/** A reader this close to the end wants to see what comes; further up, they are reading. */
const STICKY_PX = 80;

export function Transcript({ state, onRetry }: { state: ChatState; onRetry: (key: string) => void }) {
  const { items, agents } = state;
  const region = useRef<HTMLDivElement>(null);
  const isSticky = useRef(true);
  const typing = agents.filter((agent) => agent.typing);
  const last = items.at(-1);
  const isOwnLast = last?.kind === 'message' && last.status === 'sending';

  useLayoutEffect(() => {
    const element = region.current!;
    if (isSticky.current || isOwnLast) element.scrollTop = element.scrollHeight;
  }, [items, typing.length, isOwnLast]);

  const onScroll = (): void => {
    const { scrollHeight, scrollTop, clientHeight } = region.current!;
    isSticky.current = scrollHeight - scrollTop - clientHeight < STICKY_PX;
  };
  const lastRead = Math.max(-1, ...agents.map((agent) => agent.lastReadIndex ?? -1));
  const lastSent = items.findLast(
    (item) => item.kind === 'message' && isVisitors(item) && item.index !== null,
  );

  return (
    // Keyboard users scroll it like any other page, hence the tab stop.
    <div
      ref={region}
      class="transcript"
      role="log"
      aria-live="off"
      aria-label={TEXT.transcript}
      tabIndex={0}
      onScroll={onScroll}
    >
      <ol class="items">
        {items.map((item, position) =>
          item.kind === 'notice' ? (
            <NoticeLine key={item.key} notice={item} />
          ) : (
            <MessageBubble
              key={item.key}
              message={item}
              agents={agents}
              opensGroup={!isSameGroup(items[position - 1], item)}
              closesGroup={!isSameGroup(items[position + 1], item)}
              mark={item === lastSent ? (item.index! <= lastRead ? TEXT.seen : TEXT.sent) : null}
              onRetry={onRetry}
            />
          ),
        )}
        {typing.map((agent) => (
          <li key={agent.participantSid} class="message message-agent">
            <span class="typing" role="img" aria-label={TEXT.typing(agent.name)}>
              <i />
              <i />
              <i />
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

interface BubbleProps {
  message: ChatMessage;
  agents: readonly Agent[];
  opensGroup: boolean;
  closesGroup: boolean;
  mark: string | null;
  onRetry: (key: string) => void;
}

function MessageBubble({ message, agents, opensGroup, closesGroup, mark, onRetry }: BubbleProps) {
  const name = authorName(message, agents);
  const isOwn = isVisitors(message);
  return (
    <li class={`message message-${message.author} message-${message.status}`}>
      <span class={isOwn || !opensGroup ? 'visually-hidden' : 'author'}>{name}</span>
      <p class="bubble" dir="auto">
        {message.body}
      </p>
      {message.status === 'failed' ? (
        <span class="meta meta-failed">
          {TEXT.failed}{' '}
          <button type="button" class="link" onClick={() => onRetry(message.key)}>
            {TEXT.retry}
          </button>
        </span>
      ) : (
        (closesGroup || mark) && (
          <span class="meta">
            <time dateTime={new Date(message.at).toISOString()}>{timeText(message.at)}</time>
            {message.status === 'sending' ? ` · ${TEXT.sending}` : mark && ` · ${mark}`}
          </span>
        )
      )}
    </li>
  );
}

function NoticeLine({ notice: { notice, name, at } }: { notice: Notice }) {
  const text = notice === 'ended' ? TEXT.ended : TEXT[notice](name);
  return (
    <li class="notice">
      <span>{text}</span> <time dateTime={new Date(at).toISOString()}>{timeText(at)}</time>
    </li>
  );
}

export function authorName(message: ChatMessage, agents: readonly Agent[]): string {
  if (isVisitors(message)) return TEXT.you;
  const { authorIdentity } = message;
  if (authorIdentity === null) return TEXT.automatic;
  return agents.find(({ identity }) => identity === authorIdentity)?.name ?? authorIdentity;
}

function isVisitors(message: ChatMessage): boolean {
  return message.author === 'visitor';
}

function isSameGroup(other: TranscriptItem | undefined, message: ChatMessage): boolean {
  return (
    other?.kind === 'message' &&
    other.author === message.author &&
    other.authorIdentity === message.authorIdentity &&
    Math.abs(other.at - message.at) < GROUP_MS
  );
}
