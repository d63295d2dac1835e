/** The messages, with the authors' names as in Flex. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Desk } from '../desk';
import type { DeskChat } from '../state/chats';
import { nameOf, type DeskState } from '../state/desk-state';
import type { DeskTask } from '../state/tasks';
import { Attributes } from './attributes';
import { MediaList } from './media';
import { timeText } from './time';

interface MessageListProps {
  chat: DeskChat | undefined;
  task: DeskTask;
  desk: Desk;
  state: DeskState;
}

export function MessageList({ chat, task, desk, state }: MessageListProps) {
  const region = useRef<HTMLDivElement>(null);
  const toEnd = (): void => {
    region.current!.scrollTop = region.current!.scrollHeight;
  };
  useLayoutEffect(toEnd, [chat?.messages.length, chat?.typing.length, state.view]);
  // The newest stays in sight when a panel above opens, or a telephone's keyboard.
  useLayoutEffect(() => {
    const observer = new ResizeObserver(toEnd);
    observer.observe(region.current!);
    return () => observer.disconnect();
  }, []);
  const messages = chat?.messages ?? [];
  const lastOwn = messages.findLast(({ isOwn }) => isOwn);
  return (
    <div ref={region} class="messages" role="log" aria-label="Messages" tabIndex={0}>
      <details class="about">
        <summary>Task attributes</summary>
        <Attributes attributes={task.attributes} />
      </details>
      <ol class="bubbles">
        {messages.map((message, position) => (
          <li key={message.sid} class={message.isOwn ? 'bubble-line bubble-own' : 'bubble-line'}>
            <span
              class={messages[position - 1]?.author === message.author ? 'visually-hidden' : 'author'}
              title={message.author}
            >
              {nameOf(state, message.author)}
            </span>
            {(message.body !== '' || message.media.length === 0) && (
              <p class="bubble" dir="auto">
                {message.body}
              </p>
            )}
            <MediaList media={message.media} desk={desk} />
            <span class="meta">
              {timeText(message.at)}
              {message === lastOwn && (chat!.lastReadIndex >= message.index ? ' · Seen' : ' · Sent')}
            </span>
          </li>
        ))}
      </ol>
      <p class="typing" aria-live="polite">
        {chat?.typing.map((identity) => `${nameOf(state, identity)} is typing…`).join(' ')}
      </p>
    </div>
  );
}
