/** What is loaded when the visitor reaches for the chat: the view, and under it the client with the SDK. */
import { render } from 'preact';
import { createChatWith, type ChatOptions } from '../chat/create-chat';
import { countUnread } from '../state/transcript';
import { en } from '../text/en';
import { App } from '../view/app';
import { createNews } from '../view/news/news';
import css from '../view/view.css';
import { mute } from '../view/news/sound';
import { showInTitle } from '../view/news/unread';
import type { MountPanel, Panel, PanelPlace, RichPart } from './contract';
import { deliver } from './deliver';

deliver<MountPanel>((place) => mountPanel(place));

function mountPanel(place: PanelPlace): Panel {
  const { root, settings, text = en, onOpen, onClose, onUnread } = place;
  const { view, userToken, attachments, ...rest } = settings;
  const chat = createChatWith(
    {
      ...rest,
      ...(userToken && { userToken }),
      ...(attachments !== undefined && {
        attachments: JSON.parse(attachments) as NonNullable<ChatOptions['attachments']>,
      }),
    },
    async () => {
      const part = await place.loadRich();
      if (!rich) sheets.push(adopt(root, part.css));
      rich = part;
      draw();
      return part.readContent;
    },
  );
  const container = root.appendChild(document.createElement('div'));
  const sheets = [adopt(root, css)];
  const stopDark = followDark(root.host);
  let isOpen = false;
  let rich: RichPart | undefined;

  const draw = (): void => {
    render(
      <App
        chat={chat}
        text={text}
        options={view}
        isOpen={isOpen}
        onClose={onClose}
        drawContent={rich?.drawContent}
      />,
      container,
    );
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
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => !sheets.includes(one));
    },
  };
}

/** Constructed, because a strict Content-Security-Policy refuses <style>. */
function adopt(root: ShadowRoot, css: string): CSSStyleSheet {
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
