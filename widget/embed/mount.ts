/** The chat on a page: a button, the panel once the visitor first uses it, and the page's API. */
import { BUILT_IN, LAUNCHER_WORDS, type LauncherWords } from '../text/launcher-words';
import type { Text } from '../text/text';
import { drawButton } from './button';
import { createPlace } from './chat-element';
import type {
  ApplySettings,
  MountPanel,
  Panel,
  PanelPlace,
  PanelSettings,
  RawSettings,
  RichPart,
} from './contract';
import type { ChatEvents, FlexChat } from './flex-chat';
import './window';
import { forgetChats, forgetOpen, hasChat, wasOpen } from './kept';
import { pickLanguage } from './language';
import { createPartLoader } from './part-loader';
import { isOn, needsMore } from './raw-settings';

/** @param src the URL of the script; the files that it loads are beside it and, by default, the Functions */
export function mount(raw: RawSettings, src: string, nonce?: string): FlexChat {
  const present = window.FlexChat;
  // Not an element with this id: browsers expose those on `window`, too.
  if (present && 'isOpen' in present) return present;
  const baseUrl = new URL('.', src || `${raw['functionsUrl'] as string}/`).href;
  const functionsUrl = (raw['functionsUrl'] ?? baseUrl) as string;
  const container = raw['container'] as string | Element | undefined;
  const parts = createPartLoader(baseUrl, nonce);
  const { element, take, leave } = createPlace(container, () => {
    if (container) open(false);
  });
  const { root, button, failure } = drawButton(element);
  let userToken = raw['userToken'] as PanelPlace['userToken'];
  let settings: Promise<PanelSettings> | undefined;
  let panel: Panel | undefined;
  let language: string;
  let words: LauncherWords;
  let isOpen = false;
  let isShown = false;
  let isOver = false;
  /** The element that had the focus when the panel was opened. */
  let opener: Element | null;
  /** Calls for the panel once it is loaded. A call that returns true is repeated for each further panel. */
  let calls: ((panel: Panel) => unknown)[] = [];

  const emit = <Name extends keyof ChatEvents>(name: Name, detail?: ChatEvents[Name]): void => {
    dispatchEvent(new CustomEvent(`flexchat:${name}`, { detail }));
  };
  const on: FlexChat['on'] = (name, listener) => {
    const handle = (event: Event): void => listener((event as CustomEvent).detail);
    addEventListener(`flexchat:${name}`, handle);
    return () => removeEventListener(`flexchat:${name}`, handle);
  };

  const label = (): void => {
    element.toggleAttribute('data-open', isOpen);
    button.setAttribute('aria-expanded', String(isOpen));
    if (!panel) button.setAttribute('aria-label', words.open);
  };
  const speak = (chosen: unknown): void => {
    language = pickLanguage([chosen as string, document.documentElement.lang, ...navigator.languages]);
    words = LAUNCHER_WORDS[language]!;
    element.lang = language;
    element.dir = words.direction;
    label();
  };
  const loadText = async (): Promise<Text | undefined> =>
    language === BUILT_IN || words.isOwn ? undefined : parts.load<Text>(`chat-text-${language}.js`);
  const loadSettings = (): Promise<PanelSettings> => {
    if (!needsMore(raw)) return Promise.resolve({ view: {} });
    settings ??= parts
      .load<ApplySettings>('chat-settings.js')
      .then((apply) => apply({ raw, root, button, words: LAUNCHER_WORDS, speak, chat }));
    // The next attempt loads it again.
    settings.catch(() => (settings = undefined));
    return settings;
  };

  const load = async (): Promise<Panel | undefined> => {
    if (panel) return panel;
    button.setAttribute('aria-busy', 'true');
    try {
      const checked = await loadSettings();
      const [mountPanel, text] = await Promise.all([parts.load<MountPanel>('chat-panel.js'), loadText()]);
      failure.textContent = '';
      if (isOver || panel) return panel;
      const loadRich = (): Promise<RichPart> => parts.load('chat-rich.js');
      const place = { root, button, functionsUrl, userToken, language, text, loadRich, emit, open, close };
      panel = mountPanel({ ...place, settings: checked, isInline: !!container });
      calls = calls.filter((call) => call(panel!));
      return panel;
    } catch {
      isOpen = false;
      failure.textContent = words.chatNotLoaded;
      label();
      return undefined;
    } finally {
      button.removeAttribute('aria-busy');
    }
  };
  const unload = (): void => {
    panel?.destroy();
    panel = undefined;
  };
  const ask = (call: (panel: Panel) => unknown): void => {
    if (!panel || call(panel)) calls.push(call);
  };

  const open = (takesFocus = true): void => {
    if (!isOpen) opener = document.activeElement;
    isOpen = true;
    label();
    void load().then((it) => {
      if (!it || !isOpen) return;
      it.show(takesFocus);
      if (!isShown) emit('open');
      isShown = true;
    });
  };
  const close = (): void => {
    if (!isOpen || container) return;
    const hadFocus = root.activeElement;
    isOpen = false;
    label();
    panel?.hide();
    if (hadFocus) {
      const isPages = opener?.isConnected && opener !== element && opener !== document.body;
      (isPages ? (opener as HTMLElement) : button).focus();
    }
    if (isShown) emit('close');
    isShown = false;
  };

  const resume = (): void => {
    if (hasChat(functionsUrl, !!userToken)) void load();
  };
  /** Another visitor, who may have an open chat. */
  const identify = (token?: PanelPlace['userToken']): void => {
    userToken = token;
    unload();
    label();
    if (isOpen) open(false);
    else resume();
  };

  const chat: FlexChat = {
    open,
    close,
    toggle: () => (isOpen ? close() : open()),
    show: () => void (button.hidden = false),
    hide() {
      close();
      button.hidden = true;
    },
    isOpen: () => isOpen,
    identify,
    reset() {
      panel?.reset();
      // Calls that were queued for one visitor do not apply to the next.
      calls = [];
      // The owner is known only if the panel is loaded and has a user. Otherwise all chats are erased.
      if (!panel || !userToken) forgetChats(functionsUrl);
      if (userToken) identify();
    },
    destroy() {
      isOver = true;
      unload();
      forgetOpen(functionsUrl);
      parts.destroy();
      leave();
      delete window.FlexChat;
    },
    setContext: (context) => ask((it) => (it.setContext(context), true)),
    setName: (name) => ask((it) => (it.setName(name), true)),
    setLanguage(chosen) {
      speak(chosen);
      ask((it) => void loadText().then((text) => it.speak(language, text)));
    },
    prefill: (text) => ask((it) => it.prefill(text)),
    end() {
      resume();
      ask((it) => it.end());
    },
    on,
    push(...queued) {
      for (const call of queued) {
        try {
          if (typeof call === 'function') call(chat);
          else (chat[call[0]] as (...args: unknown[]) => void)(...call.slice(1));
        } catch (error) {
          reportError(error);
        }
      }
    },
  };

  button.onclick = chat.toggle;
  button.onpointerenter = button.onfocus = () => parts.prefetch('chat-panel.js');
  button.hidden = needsMore(raw);
  speak(raw['lang']);
  window.FlexChat = chat;
  if (Array.isArray(present)) chat.push(...present);
  take();
  emit('ready');
  if (isOn(wasOpen(functionsUrl) ?? raw['open'])) open(false);
  // A visitor with an open chat must see new answers on every page of the site.
  else resume();
  void loadSettings().catch(chat.show);
  return chat;
}
