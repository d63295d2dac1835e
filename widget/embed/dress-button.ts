/** Applies the site's settings to the button: its corner, colours, icon and text, or no button. */
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
    // If the picture is missing or the page's policy blocks it, the bubble stays.
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
