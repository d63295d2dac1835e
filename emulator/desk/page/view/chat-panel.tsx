/** The chat that the agent is in, and how it ends. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Desk } from '../desk';
import {
  conversationSidOf,
  customerNameOf,
  type DeskChat,
  type DeskState,
  type DeskTask,
} from '../desk-state';
import { MediaList } from './media';
import { Attributes } from './task-list';
import { timeText } from './time';

const OUTCOMES = ['Resolved', 'Follow-up needed', 'Not a real request'];

export function ChatPanel({ desk, state }: { desk: Desk; state: DeskState }) {
  const task = state.tasks.find(({ taskSid }) => taskSid === state.selectedTaskSid);
  const conversationSid = task && conversationSidOf(task);
  if (!task || !conversationSid || task.reservationStatus === 'pending') {
    return (
      <main class="chat chat-empty">
        <p class="empty-title">{state.farewell ? 'Chat completed' : 'No chat open'}</p>
        <p class="hint">{state.farewell ?? 'Accept a task, and you are in its Conversation.'}</p>
      </main>
    );
  }
  const name = customerNameOf(task);
  const chat = state.chats[conversationSid];
  return (
    <main class="chat" aria-label={`Chat with ${name}`}>
      <header class="chat-head">
        <div>
          <h2 class="chat-name">{name}</h2>
          <code class="sid">{conversationSid}</code>
        </div>
        {task.reservationStatus === 'accepted' && (
          <button type="button" class="button button-quiet" onClick={() => void desk.wrapUp(task)}>
            End chat
          </button>
        )}
      </header>
      <Messages chat={chat} name={name} task={task} desk={desk} />
      {task.reservationStatus === 'wrapping' ? (
        <WrapUp task={task} desk={desk} />
      ) : (
        <Composer
          draft={state.drafts[conversationSid] ?? ''}
          onDraft={(draft) => desk.draft(conversationSid, draft)}
          onSend={() => void desk.send(conversationSid)}
          onFiles={(files) => void desk.sendFiles(conversationSid, files)}
        />
      )}
    </main>
  );
}

interface MessagesProps {
  chat: DeskChat | undefined;
  name: string;
  task: DeskTask;
  desk: Desk;
}

function Messages({ chat, name, task, desk }: MessagesProps) {
  const region = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    region.current!.scrollTop = region.current!.scrollHeight;
  }, [chat?.messages.length, chat?.customerTyping]);
  const lastOwn = chat?.messages.findLast(({ isOwn }) => isOwn);
  return (
    <div ref={region} class="messages" role="log" aria-label="Messages" tabIndex={0}>
      <details class="about">
        <summary>Task attributes</summary>
        <Attributes attributes={task.attributes} />
      </details>
      <ol class="bubbles">
        {chat?.messages.map((message) => (
          <li key={message.sid} class={message.isOwn ? 'bubble-line bubble-own' : 'bubble-line'}>
            <span class="visually-hidden">{message.isOwn ? 'You' : name}</span>
            {(message.body !== '' || message.media.length === 0) && (
              <p class="bubble" dir="auto">
                {message.body}
              </p>
            )}
            <MediaList media={message.media} desk={desk} />
            <span class="meta">
              {timeText(message.at)}
              {message === lastOwn && (chat.lastReadIndex >= message.index ? ' · Seen' : ' · Sent')}
            </span>
          </li>
        ))}
      </ol>
      <p class="typing" aria-live="polite">
        {chat?.customerTyping && `${name} is typing…`}
      </p>
    </div>
  );
}

interface ComposerProps {
  draft: string;
  onDraft: (draft: string) => void;
  onSend: () => void;
  onFiles: (files: Iterable<File>) => void;
}

function Composer({ draft, onDraft, onSend, onFiles }: ComposerProps) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      <textarea
        class="composer-input"
        rows={2}
        dir="auto"
        aria-label="Reply"
        placeholder="Reply…"
        value={draft}
        onInput={(event) => onDraft(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          onSend();
        }}
      />
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          onFiles([...currentTarget.files!]);
          currentTarget.value = '';
        }}
      />
      <button type="button" class="button button-quiet" onClick={() => picker.current!.click()}>
        Send file
      </button>
      <button type="submit" class="button" disabled={draft.trim() === ''}>
        Send
      </button>
    </form>
  );
}

/** Flex's wrap-up: the customer is no longer waiting for an answer, the agent notes how it went. */
function WrapUp({ task, desk }: { task: DeskTask; desk: Desk }) {
  const outcome = useRef<HTMLSelectElement>(null);
  return (
    <form
      class="wrap-up"
      aria-label="Wrap-up"
      onSubmit={(event) => {
        event.preventDefault();
        void desk.complete(task, outcome.current!.value);
      }}
    >
      <label class="wrap-up-field">
        <span>Outcome</span>
        <select ref={outcome}>
          {OUTCOMES.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <button type="submit" class="button">
        Complete
      </button>
    </form>
  );
}
