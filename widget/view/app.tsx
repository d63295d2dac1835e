/** The chat on the page: draws the state, passes on what the visitor does. */
import { useEffect, useState } from 'preact/hooks';
import type { ChatState } from '../state/model';
import { Announcer } from './announcer';
import { Composer } from './composer';
import { Header } from './header';
import { problemText, TEXT } from './text';
import { Transcript } from './transcript';
import { Welcome } from './welcome';

/** What the view needs of a chat. It knows neither the SDK nor our Functions. */
export interface ChatControls {
  readonly state: ChatState;
  subscribe(listener: (state: ChatState) => void): () => void;
  send(body: string): Promise<void>;
  retry(key: string): Promise<void>;
  draft(draft: string): void;
  name(visitorName: string): void;
  markRead(index: number): void;
  startOver(): void;
}

export function App({ chat }: { chat: ChatControls }) {
  const state = useChatState(chat);
  useReadHorizon(chat, state);
  const [hasStartedOver, setStartedOver] = useState(false);
  const startOver = (): void => {
    setStartedOver(true);
    chat.startOver();
  };
  const isOver = state.phase === 'ended' || state.connection === 'lost';
  return (
    <main class="chat">
      <Header state={state} />
      <Banner state={state} />
      {state.items.length > 0 ? (
        <Transcript state={state} onRetry={(key) => void chat.retry(key)} />
      ) : state.phase === 'new' ? (
        <Welcome name={state.visitorName} onName={(name) => chat.name(name)} />
      ) : (
        <p class="resuming">{TEXT.resuming}</p>
      )}
      {isOver ? (
        <div class="over">
          <button type="button" class="button" onClick={startOver}>
            {TEXT.startOver}
          </button>
        </div>
      ) : (
        <Composer
          // The button that had the focus is gone; on the first page load nobody's focus is taken.
          takesFocus={hasStartedOver}
          draft={state.draft}
          onDraft={(draft) => chat.draft(draft)}
          onSend={(body) => void chat.send(body)}
        />
      )}
      <Announcer state={state} />
    </main>
  );
}

function Banner({ state }: { state: ChatState }) {
  const text = state.problem
    ? problemText(state.problem)
    : state.connection === 'reconnecting'
      ? TEXT.reconnecting
      : null;
  return (
    // Always in the page, so that screen readers hear what appears in it.
    <div role="alert" class={text === null ? '' : state.problem ? 'banner banner-problem' : 'banner'}>
      {text}
    </div>
  );
}

function useChatState(chat: ChatControls): ChatState {
  const [state, setState] = useState(chat.state);
  useEffect(() => chat.subscribe(setState), [chat]);
  return state;
}

/** What stands on a visible page counts as read. */
function useReadHorizon(chat: ChatControls, { items, phase }: ChatState): void {
  const last = items.findLast((item) => item.kind === 'message' && item.author === 'agent');
  const index = last?.kind === 'message' ? last.index : null;
  useEffect(() => {
    if (index === null || phase !== 'open') return;
    const markRead = (): void => {
      if (document.visibilityState === 'visible') chat.markRead(index);
    };
    markRead();
    document.addEventListener('visibilitychange', markRead);
    return () => document.removeEventListener('visibilitychange', markRead);
  }, [chat, index, phase]);
}
