/** The panel: renders the state and handles the visitor's actions. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ChatClient } from '../chat/chat-client';
import type { ChatState } from '../state/model';
import type { Text } from '../text/text';
import { Announcer } from './news/announcer';
import { Composer } from './composer/composer';
import { FileDrop } from './composer/file-drop';
import { useFullWindow } from './full-window';
import { useHeldFocus } from './held-focus';
import { Finished } from './finished/finished';
import { Header } from './header/header';
import { NotifyOffer } from './news/notify-offer';
import type { ViewOptions } from './options';
import type { LoadMore, MoreParts } from './more';
import { closedNow, problemText } from './problem-text';
import { isComposing } from './keys';
import { Reader } from './transcript/reader';
import type { MessageActions } from './transcript/lines';
import type { DrawContent } from './transcript/rich/rich-view';
import { Consent } from './welcome/consent';
import { readAnswers, readErrors, type FieldErrors } from './welcome/answers';
import { Welcome } from './welcome/welcome';

interface AppProps {
  chat: ChatClient;
  text: Text;
  options: ViewOptions;
  isOpen: boolean;
  /** Data about the visit for the agent; read when the chat starts. */
  context: () => Record<string, string>;
  /** Undefined if the panel is always open. */
  onClose: (() => void) | undefined;
  /** Loaded with the first rich message. */
  drawContent: DrawContent | undefined;
  /** The visitor is a signed-in user, who may have earlier chats. */
  isOfUser: boolean;
  loadMore: LoadMore;
  onAgree: () => void;
  onSave: () => void;
}

export function App(props: AppProps) {
  const { chat, text, options, isOpen, context, onClose, drawContent, isOfUser, loadMore, onAgree, onSave } =
    props;
  const state = useChatState(chat);
  const panel = useRef<HTMLElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const isModal = useFullWindow(panel, isOpen && onClose !== undefined);
  useHeldFocus(panel);
  const [fieldErrors, setFieldErrors] = useState<FieldErrors>({});

  const send = (body: string): boolean => {
    if (state.phase === 'new') {
      const errors = readErrors(form.current);
      setFieldErrors(errors);
      const [first] = Object.keys(errors);
      if (first !== undefined) {
        (form.current!.elements.namedItem(first) as HTMLElement).focus();
        return false;
      }
      const answers = readAnswers(form.current);
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
  // URLs of attachments are requested from Twilio, which needs a connection.
  const canAsk = state.phase !== 'starting' && state.connection !== 'reconnecting';
  const [more, setMore] = useState<MoreParts | null>(null);
  const needsSurvey = options.survey !== undefined && state.phase === 'ended';
  const isIdle = state.phase === 'new' || isOver;
  const [past, setPast] = useState<'shown' | 'failed' | null>(null);
  const showPast = (): void => {
    loadMore().then(
      (part) => {
        setMore(part);
        setPast('shown');
      },
      () => setPast('failed'),
    );
  };
  useEffect(() => {
    // Without it the chat can be left, too.
    if (needsSurvey) loadMore().then(setMore, () => undefined);
  }, [needsSurvey]);
  useEffect(() => {
    if (!isIdle) setPast(null);
  }, [isIdle]);
  const onPast = isOfUser ? showPast : undefined;
  const isReadingPast = past === 'shown' && isIdle && more !== null;
  // The same object until it changes, because each line of the transcript depends on it.
  const actions = useMemo<Omit<MessageActions, 'onShow'>>(
    () => ({
      onRetry: isOver ? undefined : (key) => void chat.retry(key),
      onCancel: (key) => void chat.cancel(key),
      onLink: canAsk ? (key) => chat.findLink(key) : null,
      drawContent,
      onChoose: isOver ? undefined : (key, id) => void chat.choose(key, id),
    }),
    [chat, isOver, canAsk, drawContent],
  );
  const agree = (): void => {
    setAgreed(true);
    onAgree();
  };
  const title = options.title ?? text.title;
  return (
    <div lang={text.language} dir={text.direction}>
      <section
        class="panel"
        id="panel"
        role="dialog"
        aria-label={title}
        aria-modal={isModal}
        tabIndex={-1}
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
        <Banner state={state} text={text} isNotLoaded={past === 'failed'} />
        <div class="slot" />
        {options.notifications && state.phase === 'open' && <NotifyOffer text={text} />}
        {isReadingPast ? (
          <more.Past
            chat={chat}
            text={text}
            isOpen={isOpen}
            drawContent={drawContent}
            loadViewer={loadMore}
            Reader={Reader}
            onClose={() => setPast(null)}
          />
        ) : state.items.length > 0 || state.phase === 'open' ? (
          <Reader
            state={state}
            text={text}
            isOpen={isOpen}
            actions={actions}
            loadViewer={loadMore}
            onEarlier={() => void chat.loadEarlier()}
            onSeen={(index) => chat.markRead(index)}
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
            errors={fieldErrors}
            onErrors={setFieldErrors}
            onPast={onPast}
          />
        ) : (
          !isOver && <p class="resuming">{text.resuming}</p>
        )}
        <AgentGone state={state} text={text} />
        {chat.limits && !isOver && !mustAgree && !isReadingPast && (
          <FileDrop panel={panel} text={text} onFiles={(files) => chat.attach(files)} />
        )}
        {mustAgree || isReadingPast ? null : isOver ? (
          <Finished
            text={text}
            canSave={state.items.length > 0}
            onStartOver={() => chat.startOver()}
            onSave={onSave}
            onForget={() => chat.forget()}
            onPast={onPast}
          >
            {needsSurvey && more && (
              <more.Survey
                state={state}
                text={text}
                question={options.survey! || text.survey}
                onRate={(rating, comment) => void chat.rate(rating, comment)}
              />
            )}
          </Finished>
        ) : (
          <Composer
            text={text}
            isOpen={isOpen}
            draft={state.draft}
            maxChars={state.maxMessageChars}
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

/** Warns that new messages may not be read. */
function AgentGone({ state: { phase, connection, agents }, text }: { state: ChatState; text: Text }) {
  const last = agents.at(-1);
  const isGone = phase === 'open' && connection !== 'lost' && last && agents.every(({ present }) => !present);
  return isGone ? <p class="agent-gone">{text.agentGone(last.name || text.agent)}</p> : null;
}

function Banner({ state, text, isNotLoaded }: { state: ChatState; text: Text; isNotLoaded: boolean }) {
  const closed = state.phase === 'new' ? closedNow(state.openHours) : null;
  const line = state.problem
    ? problemText(state.problem, text)
    : state.connection === 'reconnecting'
      ? text.reconnecting
      : isNotLoaded
        ? text.chatNotLoaded
        : closed && problemText(closed, text);
  return (
    // Always in the page, so that screen readers announce what appears in it.
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
