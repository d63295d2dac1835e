/** <flex-chat>: the launcher, and the place where the panel is mounted. */
import { BUILT_IN, LAUNCHER_WORDS, type LauncherWords } from '../text/launcher-words';
import type { Text } from '../text/text';
import { eraseUnder, keysUnder, storageKeyOf } from '../transport/deployment';
import type { MountPanel, Panel, PanelSettings } from './contract';
import { pickLanguage } from './language';
import css from './launcher.css';
import { PartLoader } from './part-loader';
import { readSettings } from './settings';

export class ChatElement extends HTMLElement {
  private settings!: PanelSettings;
  private language = BUILT_IN;
  private parts!: PartLoader;
  private panel: Panel | null = null;
  private isOpen = false;
  private unreadLabel = '';
  private readonly button = document.createElement('button');
  private readonly badge = document.createElement('span');
  private readonly failure = document.createElement('span');

  configure(script: HTMLScriptElement): void {
    this.settings = readSettings(script);
    this.language = pickLanguage([
      script.dataset['lang'],
      document.documentElement.lang,
      ...navigator.languages,
    ]);
    this.parts = new PartLoader(new URL('.', script.src).href, script.nonce);
    for (const name of ['theme', 'side']) {
      const value = script.dataset[name];
      if (value !== undefined) this.dataset[name] = value;
    }
    const isGoingOn = hasChat(this.settings);
    this.draw();
    // Who has a chat going wants to know when an answer comes, on whichever page of the site.
    if (script.dataset['open'] !== undefined) queueMicrotask(() => this.open(false));
    else if (isGoingOn) queueMicrotask(() => void this.load());
  }

  disconnectedCallback(): void {
    this.panel?.destroy();
    this.panel = null;
    this.parts.destroy();
  }

  open(takesFocus: boolean): void {
    this.isOpen = true;
    this.label();
    void this.load().then((panel) => {
      if (this.isOpen) panel?.show(takesFocus);
    });
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.panel?.hide();
    this.label();
    this.button.focus();
  }

  identify(userToken: string | (() => string | Promise<string>)): void {
    this.settings = {
      ...this.settings,
      userToken: typeof userToken === 'string' ? () => userToken : userToken,
    };
    this.renew();
  }

  reset(): void {
    const { functionsUrl, userToken } = this.settings;
    this.panel?.reset();
    // Whose chat is meant can be told only where the panel knows a user. All of it, else.
    if (!this.panel || !userToken) {
      for (const storage of storages()) eraseUnder(storage, storageKeyOf(functionsUrl));
    }
    // The user is not there any more.
    this.settings = { ...this.settings, userToken: undefined };
    if (userToken) this.renew();
  }

  /** For another visitor, whose chat may be going on. */
  private renew(): void {
    this.panel?.destroy();
    this.panel = null;
    this.showUnread(0, '');
    if (this.isOpen) this.open(false);
    else if (hasChat(this.settings)) void this.load();
  }

  private async load(): Promise<Panel | null> {
    if (this.panel) return this.panel;
    const { button, language } = this;
    button.setAttribute('aria-busy', 'true');
    try {
      const [mount, text] = await Promise.all([
        this.parts.load<MountPanel>('chat-panel.js'),
        language === BUILT_IN ? undefined : this.parts.load<Text>(`chat-text-${language}.js`),
      ]);
      this.failure.hidden = true;
      if (!this.isConnected) return null;
      return (this.panel ??= mount({
        root: this.shadowRoot!,
        settings: this.settings,
        text,
        loadRich: () => this.parts.load('chat-rich.js'),
        onOpen: () => this.open(true),
        onClose: () => this.close(),
        onUnread: (count, label) => this.showUnread(count, label),
      }));
    } catch {
      this.isOpen = false;
      this.failure.hidden = false;
      this.label();
      return null;
    } finally {
      button.removeAttribute('aria-busy');
    }
  }

  private draw(): void {
    const root = this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    const { button, badge, failure } = this;
    this.lang = this.language;
    this.dir = this.words.direction;
    button.type = 'button';
    button.className = 'launcher';
    button.append(icon(), badge);
    badge.className = 'badge';
    badge.hidden = true;
    badge.ariaHidden = 'true';
    failure.className = 'failure';
    failure.hidden = true;
    failure.textContent = this.words.chatNotLoaded;
    const alert = document.createElement('div');
    alert.role = 'alert';
    alert.append(failure);
    button.addEventListener('click', () => (this.isOpen ? this.close() : this.open(true)));
    for (const reach of ['pointerenter', 'focus']) {
      button.addEventListener(reach, () => this.parts.prefetch('chat-panel.js'), { once: true });
    }
    root.append(alert, button);
    this.label();
  }

  private get words(): LauncherWords {
    return LAUNCHER_WORDS[this.language]!;
  }

  private showUnread(count: number, label: string): void {
    this.unreadLabel = count > 0 ? `. ${label}` : '';
    this.badge.hidden = count === 0;
    this.badge.textContent = count > 9 ? '9+' : String(count);
    this.label();
  }

  private label(): void {
    this.toggleAttribute('data-open', this.isOpen);
    this.button.ariaExpanded = String(this.isOpen);
    this.button.ariaLabel = this.words[this.isOpen ? 'close' : 'open'] + this.unreadLabel;
  }
}

function storages(): Storage[] {
  try {
    return [localStorage, sessionStorage];
  } catch {
    return []; // Refused by the browser: then there is nothing to find either.
  }
}

/** Perhaps: which of the known users' chats is whose, the panel finds out. */
function hasChat({ functionsUrl, userToken }: PanelSettings): boolean {
  const own = storageKeyOf(functionsUrl);
  return storages().some((storage) =>
    keysUnder(storage, own).some(
      (key) => (key === own) === !userToken && /"conversationSid":"/.test(storage.getItem(key) ?? ''),
    ),
  );
}

function icon(): SVGElement {
  const make = (name: string, attributes: Record<string, string>): SVGElement => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const svg = make('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' });
  const bubble =
    'M12 4c-4.7 0-8.5 3.1-8.5 7 0 2.1 1.1 4 2.9 5.3L5.8 20l3.9-2.2c.7.13 1.5.2 2.3.2 4.7 0 8.5-3.1 8.5-7S16.7 4 12 4Z';
  svg.append(
    make('path', { d: bubble, class: 'closed' }),
    make('path', { d: 'M6 9l6 6 6-6', class: 'opened' }),
  );
  return svg;
}
