/** The chat in its panel: draws the state, passes on what the visitor does. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ChatClient } from '../chat/chat-client';
import type { ChatState } from '../state/model';
import type { Text } from '../text/text';
import { Announcer } from './news/announcer';
import { Composer } from './composer/composer';
import { FileDrop } from './composer/file-drop';
import { Finished } from './finished/finished';
import { Header } from './header/header';
import { NotifyOffer } from './news/notify-offer';
import type { ViewOptions } from './options';
import { problemText } from './problem-text';
import { isComposing } from './keys';
import { rootOf } from './root';
import { saveTranscript } from './transcript/saved-transcript';
import { Survey } from './finished/survey';
import { Transcript } from './transcript/transcript';
import type { MessageActions } from './transcript/lines';
import { useReadHorizon } from './news/unread';
import { Consent } from './welcome/consent';
import { readAnswers, Welcome } from './welcome/welcome';

interface AppProps {
  chat: ChatClient;
  text: Text;
  options: ViewOptions;
  isOpen: boolean;
  /** Of the visit, for the agent; asked for when the chat starts. */
  context: () => Record<string, string>;
  /** Undefined where it is always open. */
  onClose: (() => void) | undefined;
}

export function App({ chat, text, options, isOpen, context, onClose }: AppProps) {
  const state = useChatState(chat);
  useReadHorizon(chat, state, isOpen);
  const panel = useRef<HTMLElement>(null);
  const form = useRef<HTMLFormElement>(null);
  // Asked before the page changes: what takes the place of the focused element takes over the focus.
  const hasFocus = panel.current?.contains(rootOf(panel.current).activeElement) ?? false;

  const send = (body: string): boolean => {
    if (state.phase === 'new') {
      const answers = readAnswers(form.current);
      if (answers === null) return false;
      if (options.name !== undefined) chat.name(options.name);
      void chat.start({ preChat: { ...context(), ...answers } });
    }
    void chat.send(body);
    return true;
  };
  const [hasAgreed, setAgreed] = useState(false);
  const mustAgree =
    options.consent !== undefined && !hasAgreed && state.phase === 'new' && state.items.length === 0;
  const isOver = state.phase === 'ended' || state.connection === 'lost';
  // Links are asked of Twilio's service, which must be there.
  const canAsk = state.phase !== 'starting' && state.connection !== 'reconnecting';
  // The same object while nothing changes about it: each line of the transcript has it.
  const actions = useMemo<MessageActions>(
    () => ({
      onRetry: isOver ? undefined : (key) => void chat.retry(key),
      // The button goes with the message, and its words are where they can be written on.
      onCancel: (key) =>
        void chat
          .cancel(key)
          .then(() => panel.current?.querySelector<HTMLElement>('.composer-input')?.focus()),
      onLink: canAsk ? (key) => chat.findLink(key) : null,
    }),
    [chat, isOver, canAsk],
  );
  const agree = (): void => {
    setAgreed(true);
    void chat.prepare();
  };
  const title = options.title ?? text.title;
  return (
    <div lang={text.language} dir={text.direction}>
      <section
        class="panel"
        id="panel"
        role="dialog"
        aria-label={title}
        hidden={!isOpen}
        ref={panel}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || isComposing(event) || !onClose) return;
          event.preventDefault();
          onClose();
        }}
      >
        <Header
          state={state}
          text={text}
          title={title}
          hasSound={options.sound === true}
          onEnd={() => void chat.end()}
          onClose={onClose}
        />
        <Banner state={state} text={text} />
        {options.notifications && state.phase === 'open' && (
          <NotifyOffer
            text={text}
            onDone={() => panel.current!.querySelector<HTMLElement>('.composer-input')?.focus()}
          />
        )}
        {state.items.length > 0 || state.phase === 'open' ? (
          <Transcript
            state={state}
            text={text}
            isOpen={isOpen}
            actions={actions}
            onEarlier={() => void chat.loadEarlier()}
          />
        ) : mustAgree ? (
          <Consent text={text} options={options} words={options.consent!} onAgree={agree} />
        ) : state.phase === 'new' ? (
          <Welcome
            text={text}
            options={options}
            name={state.visitorName}
            onName={(name) => chat.name(name)}
            form={form}
          />
        ) : (
          <p class="resuming">{text.resuming}</p>
        )}
        {chat.limits && !isOver && !mustAgree && (
          <FileDrop panel={panel} text={text} onFiles={(files) => chat.attach(files)} />
        )}
        {mustAgree ? null : isOver ? (
          <Finished
            text={text}
            takesFocus={hasFocus}
            canSave={state.items.length > 0}
            onStartOver={() => chat.startOver()}
            onSave={() => saveTranscript(state, text)}
            onForget={() => chat.forget()}
          >
            {options.survey !== undefined && state.phase === 'ended' && (
              <Survey
                state={state}
                text={text}
                question={options.survey || text.survey}
                onRate={(rating, comment) => void chat.rate(rating, comment)}
              />
            )}
          </Finished>
        ) : (
          <Composer
            text={text}
            isOpen={isOpen}
            takesFocus={hasFocus}
            draft={state.draft}
            files={state.files}
            fileProblems={state.fileProblems}
            limits={chat.limits}
            onAttach={(files) => chat.attach(files)}
            onDetach={(key) => chat.detach(key)}
            onDraft={(draft) => chat.draft(draft)}
            onSend={send}
          />
        )}
      </section>
      <Announcer state={state} text={text} />
    </div>
  );
}

function Banner({ state, text }: { state: ChatState; text: Text }) {
  const line = state.problem
    ? problemText(state.problem, text)
    : state.connection === 'reconnecting'
      ? text.reconnecting
      : null;
  return (
    // Always in the page, so that screen readers hear what appears in it.
    <div role="alert" class={line === null ? '' : state.problem ? 'banner banner-problem' : 'banner'}>
      {line}
    </div>
  );
}

function useChatState(chat: ChatClient): ChatState {
  const [state, setState] = useState(chat.state);
  useEffect(() => chat.subscribe(setState), [chat]);
  return state;
}
