/** The state of the button once the panel is loaded: open or closed, and the number of unread messages. */
import type { Text } from '../text/text';
import css from './panel-button.css';

export interface PanelButton {
  show(text: Text, isOpen: boolean, unread: number): void;
  remove(): void;
}

const SVG = 'http://www.w3.org/2000/svg';

export function createPanelButton(root: ShadowRoot, button: HTMLButtonElement): PanelButton {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const arrow = document.createElementNS(SVG, 'svg');
  arrow.setAttribute('viewBox', '0 0 24 24');
  arrow.setAttribute('aria-hidden', 'true');
  arrow.setAttribute('class', 'opened');
  const line = arrow.appendChild(document.createElementNS(SVG, 'path'));
  line.setAttribute('d', 'M6 9l6 6 6-6');
  const badge = document.createElement('span');
  badge.className = 'badge';
  badge.setAttribute('aria-hidden', 'true');
  button.prepend(arrow);
  button.append(badge);
  return {
    show(text, isOpen, unread) {
      badge.hidden = unread === 0;
      badge.textContent = unread > 9 ? '9+' : String(unread);
      const words = isOpen ? text.close : [button.dataset['label'], text.open].filter(Boolean).join('. ');
      const news = unread > 0 ? `. ${text.unread(unread)}` : '';
      button.setAttribute('aria-label', words + news);
    },
    remove() {
      arrow.remove();
      badge.remove();
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== sheet);
    },
  };
}
