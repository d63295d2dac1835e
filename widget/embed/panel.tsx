/** Loaded when the visitor first uses the chat: the view and the client with the SDK. */
import { h, render } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Fragment, jsx } from 'preact/jsx-runtime';
import { createChatWith } from '../chat/create-chat';
import { countUnread } from '../state/transcript';
import type { Text } from '../text/text';
import { wordsOf } from '../text/words';
import { openKeyOf } from '../transport/deployment';
import { App } from '../view/app';
import type { Away } from '../view/away/away';
import type { LoadMore, MoreParts } from '../view/more';
import type { News } from '../view/news/news';
import css from '../view/view.css';
import { mute } from '../view/news/sound';
import { createTitle } from '../view/news/title';
import { reportProblem } from './console';
import { takeContext, visitOf } from './context';
import type {
  AwayPart,
  CreateMore,
  MountPanel,
  Panel,
  PanelPlace,
  RichPart,
  SaveTranscript,
} from './contract';
import { deliver } from './deliver';
import { toHumanCheck } from './human-check';
import { keepKeys } from './own-keys';
import { createPageEvents } from './page-events';
import { createPanelButton } from './panel-button';
import { followViewport } from './viewport';

deliver<MountPanel>((place) => mountPanel(place));

function mountPanel(place: PanelPlace): Panel {
  const { root, settings, functionsUrl, userToken, isInline, emit } = place;
  const { view, texts = {}, humanCheck, attachments, remember } = settings;
  const check = toHumanCheck(humanCheck);
  let rich: RichPart | undefined;
  const loadReader = async () => {
    const part = await place.load<RichPart>('chat-rich.js');
    // It may stay after the chat is removed: it does not affect the next one.
    if (!rich) adopt(root, part.css);
    rich = part;
    draw();
    return part.readContent;
  };
  let more: MoreParts | undefined;
  const loadMore: LoadMore = async () => {
    const create = await place.load<CreateMore>('chat-more.js');
    if (more) return more;
    const { css, ...parts } = create({ jsx, Fragment, useEffect, useMemo, useRef, useState });
    adopt(root, css);
    return (more = parts);
  };
  const chat = createChatWith(
    {
      functionsUrl,
      ...(userToken && { userToken }),
      ...(check && { humanCheck: check }),
      ...(attachments !== undefined && { attachments }),
      ...(remember && { remember }),
    },
    loadReader,
  );
  const container = root.appendChild(document.createElement('div'));
  const sheet = adopt(root, css);
  const button = createPanelButton(root, place.button);
  let context = settings.context ?? {};
  const toWords: Panel['speak'] = (language, words) => {
    const regions = [...navigator.languages, document.documentElement.lang];
    text = wordsOf(language, words, { own: texts[language], regions });
  };
  let text: Text;
  toWords(place.language, place.text);
  let isOpen = false;
  let unread = 0;

  let away: Promise<Away | void> | undefined;
  const prepare = (): void => {
    void chat.prepare();
    if (!settings.availability) return;
    away ??= place.load<AwayPart>('chat-away.js').then(
      ({ follow }) => {
        const slot = container.querySelector<HTMLElement>('.slot')!;
        const isClosed = settings.availability === 'closed';
        const panel = { slot, chat, isClosed, text: () => text, isOpen: () => isOpen };
        return follow({ h, render, ...panel }, chat.outside);
      },
      () => (away = undefined),
    );
  };
  const draw = (): void => {
    void away?.then((it) => it?.update());
    button.show(text, isOpen, unread);
    render(
      <App
        chat={chat}
        text={text}
        options={view}
        isOpen={isOpen}
        context={() => ({ ...(settings.visit === 'none' ? {} : visitOf(document)), ...context })}
        onClose={isInline ? undefined : place.close}
        drawContent={rich?.drawContent}
        isOfUser={userToken !== undefined}
        loadMore={loadMore}
        onAgree={prepare}
        onSave={() =>
          void place.load<SaveTranscript>('chat-save.js').then(
            (save) => save(chat.state, text),
            () => undefined,
          )
        }
      />,
      container,
    );
  };
  const turn = (opens: boolean): void => {
    isOpen = opens;
    if (remember !== 'none' && !isInline) keepOpen(functionsUrl, opens);
    draw();
  };
  const listen = (): (() => void) => {
    let news: News | undefined;
    let isStopped = false;
    if (view.sound || view.notifications) {
      loadMore().then(
        ({ createNews }) => {
          if (isStopped) return;
          news = createNews({ text, options: view, isOpen: () => isOpen, onOpen: place.open });
          news.follow(chat.state);
        },
        // The chat works without a tone.
        () => undefined,
      );
    }
    const stopFollowing = chat.subscribe((state) => news?.follow(state));
    // After what else listens on the window.
    const stopKeeping = keepKeys(container);
    return () => {
      isStopped = true;
      stopFollowing();
      news?.stop();
      stopKeeping();
    };
  };
  draw();
  let stopListening = listen();
  const showInTitle = createTitle(document);
  let isResuming = true;
  const tellPage = createPageEvents(emit, () => isResuming);
  const stopWatching = chat.subscribe((state) => {
    tellPage(state);
    const count = countUnread(state);
    if (count === unread) return;
    unread = count;
    button.show(text, isOpen, unread);
    showInTitle(count);
  });
  const stopFollowing = [followDark(root.host), followViewport(container)];
  const resumed = chat.resume().finally(() => (isResuming = false));

  return {
    show(takesFocus) {
      turn(true);
      // No request is made before the visitor has given consent.
      if (view.consent === undefined) prepare();
      const first =
        root.querySelector<HTMLElement>('.composer-input') ??
        root.querySelector<HTMLElement>('.over') ??
        root.querySelector<HTMLElement>('.welcome button');
      if (takesFocus) first?.focus();
    },
    hide: () => turn(false),
    reset() {
      chat.forget();
      void away?.then((it) => it?.forget());
      context = settings.context ?? {};
      mute(false);
    },
    speak(language, words) {
      toWords(language, words);
      stopListening();
      stopListening = listen();
      draw();
    },
    setContext(more) {
      context = {
        ...context,
        ...takeContext(more, (problem) => reportProblem('setContext', problem)),
      };
    },
    setName: (name) => chat.name(name),
    prefill(words) {
      if (chat.state.draft === '') chat.draft(words);
    },
    end: () => void resumed.then(() => chat.end()),
    destroy() {
      stopWatching();
      stopListening();
      for (const stop of stopFollowing) stop();
      void away?.then((it) => it?.stop());
      chat.destroy();
      if (unread > 0) emit('unread', { count: 0 });
      showInTitle(0);
      render(null, container);
      container.remove();
      button.remove();
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== sheet);
    },
  };
}

/** Stored for the next page of this tab. */
function keepOpen(functionsUrl: string, isOpen: boolean): void {
  try {
    sessionStorage.setItem(openKeyOf(functionsUrl), String(isOpen));
  } catch {
    // Storage is denied: the panel is then closed on the next page.
  }
}

/** A constructed style sheet, because a strict Content-Security-Policy blocks <style>. */
function adopt(root: ShadowRoot, css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return sheet;
}

/** Light or dark: the site's setting (`data-theme`), or the visitor's system setting. */
function followDark(host: Element): () => void {
  const query = matchMedia('(prefers-color-scheme: dark)');
  const update = (): void => {
    const theme = host.getAttribute('data-theme') ?? 'auto';
    host.toggleAttribute('data-dark', theme === 'dark' || (theme === 'auto' && query.matches));
  };
  update();
  query.addEventListener('change', update);
  return () => query.removeEventListener('change', update);
}
