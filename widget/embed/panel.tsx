/** What is loaded when the visitor reaches for the chat: the view, and under it the client with the SDK. */
import { render } from 'preact';
import { createChat, type ChatOptions } from '../chat/create-chat';
import { countUnread } from '../state/transcript';
import { en } from '../text/en';
import { App } from '../view/app';
import { createNews } from '../view/news/news';
import css from '../view/view.css';
import { mute } from '../view/news/sound';
import { showInTitle } from '../view/news/unread';
import type { MountPanel, Panel, PanelPlace } from './contract';
import { deliver } from './deliver';

deliver<MountPanel>((place) => mountPanel(place));

function mountPanel({ root, settings, text = en, onOpen, onClose, onUnread }: PanelPlace): Panel {
  const { view, userToken, attachments, ...rest } = settings;
  const chat = createChat({
    ...rest,
    ...(userToken && { userToken }),
    ...(attachments !== undefined && {
      attachments: JSON.parse(attachments) as NonNullable<ChatOptions['attachments']>,
    }),
  });
  const container = root.appendChild(document.createElement('div'));
  const sheet = adopt(root);
  const stopDark = followDark(root.host);
  let isOpen = false;

  const draw = (): void => {
    render(<App chat={chat} text={text} options={view} isOpen={isOpen} onClose={onClose} />, container);
  };
  draw();
  const news =
    view.sound || view.notifications
      ? createNews({ text, options: view, isOpen: () => isOpen, onOpen })
      : null;
  let unread = -1;
  const stopCounting = chat.subscribe((state) => {
    news?.follow(state);
    const count = countUnread(state);
    if (count === unread) return;
    unread = count;
    onUnread(count, text.unread(count));
    showInTitle(count);
  });
  void chat.resume();

  return {
    show(takesFocus) {
      isOpen = true;
      draw();
      void chat.prepare();
      const first =
        root.querySelector<HTMLElement>('.composer-input') ?? root.querySelector<HTMLElement>('.over');
      if (takesFocus) first?.focus();
    },
    hide() {
      isOpen = false;
      draw();
    },
    reset() {
      chat.forget();
      mute(false);
    },
    destroy() {
      stopCounting();
      news?.stop();
      stopDark();
      chat.destroy();
      showInTitle(0);
      render(null, container);
      container.remove();
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== sheet);
    },
  };
}

/** Constructed, because a strict Content-Security-Policy refuses <style>. */
function adopt(root: ShadowRoot): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return sheet;
}

/** Light or dark: as the site says (`data-theme`), else as the visitor's system has it. */
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
