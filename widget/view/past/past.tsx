/** A signed-in user's earlier chats: the list, and one of them to read. */
import type { ComponentType } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ChatClient, PastChats, PastConversation } from '../../chat/chat-client';
import type { ChatState, PastChat, Problem } from '../../state/model';
import { problemText } from '../problem-text';
import { dayText, timeText } from '../time';
import type { MessageActions } from '../transcript/lines';
import type { ReaderProps } from '../transcript/reader';

interface ReadProps extends Pick<ReaderProps, 'text' | 'isOpen' | 'loadViewer'> {
  drawContent: MessageActions['drawContent'];
  /** The panel's own component. */
  Reader: ComponentType<ReaderProps>;
}

interface PastProps extends ReadProps {
  chat: Pick<ChatClient, 'past'>;
  onClose: () => void;
}

export function Past({ chat, onClose, ...read }: PastProps) {
  const { text } = read;
  const [list, setList] = useState<PastChats | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [shown, setShown] = useState<PastChat | null>(null);
  /** Returned from: it gets the focus again. */
  const [last, setLast] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const isThere = useRef(true);

  const load = async (): Promise<void> => {
    setProblem(null);
    try {
      const past = await chat.past();
      if (!isThere.current) return;
      // It belongs to another user then.
      past.signal.addEventListener('abort', onClose, { once: true });
      if (past.signal.aborted) onClose();
      else setList(past);
    } catch (error) {
      const { code = 'unknown', retryable = true } = error as Partial<Problem>;
      if (isThere.current) setProblem({ code, retryable });
    }
  };
  useEffect(() => {
    heading.current!.focus();
    void load();
    return () => (isThere.current = false);
  }, []);

  const moment = ({ startedAt }: PastChat): string =>
    `${dayText(startedAt, text.language)}, ${timeText(startedAt, text.language)}`;
  const back = (): void => {
    if (!shown) return onClose();
    setLast(shown.conversationSid);
    setShown(null);
  };

  return (
    <div class="past" role="group" aria-label={text.past}>
      <div class="past-head">
        <button type="button" class="small-button" onClick={back}>
          {text.back}
        </button>
        <h3 class="past-title" tabIndex={-1} data-next-focus ref={heading}>
          {shown ? moment(shown) : text.past}
        </h3>
      </div>
      {shown ? (
        <Reading key={shown.conversationSid} list={list!} chat={shown} {...read} />
      ) : problem ? (
        <p class="past-note" role="alert">
          {problemText(problem, text)}{' '}
          <button type="button" class="link" onClick={() => void load()}>
            {text.retry}
          </button>
        </p>
      ) : !list ? (
        <p class="past-note" role="status">
          {text.resuming}
        </p>
      ) : list.chats.length === 0 ? (
        <p class="past-note" role="status">
          {text.noPast}
        </p>
      ) : (
        <ul class="past-list">
          {list.chats.map((one) => (
            <li key={one.conversationSid}>
              <PastButton
                label={moment(one)}
                takesFocus={one.conversationSid === last}
                onClick={() => {
                  setShown(one);
                  heading.current!.focus();
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface PastButtonProps {
  label: string;
  takesFocus: boolean;
  onClick: () => void;
}

function PastButton({ label, takesFocus, onClick }: PastButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (takesFocus) button.current!.focus();
  }, []);
  return (
    <button type="button" class="past-chat" ref={button} onClick={onClick}>
      {label}
    </button>
  );
}

interface ReadingProps extends ReadProps {
  list: PastChats;
  chat: PastChat;
}

function Reading({ list, chat, drawContent, Reader, ...read }: ReadingProps) {
  const { text } = read;
  const [past, setPast] = useState<PastConversation | null>(null);
  const [state, setState] = useState<ChatState | null>(null);
  useEffect(() => {
    const opened = list.open(chat.conversationSid);
    setPast(opened);
    const stop = opened.subscribe(setState);
    return () => {
      stop();
      opened.close();
    };
  }, []);
  /** Nothing that changes the chat. */
  const actions = useMemo(
    () => ({
      onRetry: undefined,
      onCancel: () => undefined,
      onLink: past && past.findLink,
      drawContent,
      onChoose: undefined,
    }),
    [past, drawContent],
  );
  if (past && state && state.items.length > 0) {
    const onEarlier = (): void => void past.loadEarlier();
    return (
      <Reader {...read} state={state} actions={actions} onEarlier={onEarlier} onSeen={() => undefined} />
    );
  }
  const problem = state?.problem;
  return (
    <p class="past-note" role={problem ? 'alert' : 'status'}>
      {problem ? problemText(problem, text) : text.resuming}
    </p>
  );
}
