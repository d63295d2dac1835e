/** The button as the site wants it: where, in which colours, with which picture and words, or not at all. */
import type { LauncherPlace } from './contract';
import css from './dressed.css';
import type { ChatSettings } from './settings';

export function dressButton(settings: ChatSettings, { root, button, chat }: LauncherPlace): void {
  const host = root.host as HTMLElement;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const { side, theme, container, launcher, launcherIcon, launcherLabel } = settings;
  if (side) host.dataset['side'] = side;
  if (theme) host.dataset['theme'] = theme;
  if (container) host.dataset['inline'] = '';
  if (launcherIcon) {
    const picture = document.createElement('img');
    picture.className = 'launcher-icon';
    picture.alt = '';
    // Not there, or refused by the page's policy: then the bubble stays.
    picture.onload = () => button.querySelector('svg')?.replaceWith(picture);
    picture.src = launcherIcon;
  }
  if (launcherLabel) {
    const label = document.createElement('span');
    label.className = 'launcher-label';
    label.textContent = launcherLabel;
    button.append(label);
    button.dataset['label'] = launcherLabel;
  }
  if (!container && launcher !== 'hidden') chat.show();
}
