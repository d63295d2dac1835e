/** The button in the corner, and its message if the panel cannot be loaded. */
import css from './launcher.css';

export interface LauncherButton {
  root: ShadowRoot;
  button: HTMLButtonElement;
  failure: HTMLElement;
}

const SVG = 'http://www.w3.org/2000/svg';
const BUBBLE =
  'M12 4c-4.7 0-8.5 3.1-8.5 7 0 2.1 1.1 4 2.9 5.3L5.8 20l3.9-2.2c.7.13 1.5.2 2.3.2 4.7 0 8.5-3.1 8.5-7S16.7 4 12 4Z';

export function drawButton(host: HTMLElement): LauncherButton {
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const failure = append(root, document.createElement('div'), { class: 'failure', role: 'alert' });
  const button = append(root, document.createElement('button'), { class: 'launcher', type: 'button' });
  const icon = append(button, document.createElementNS(SVG, 'svg'), {
    viewBox: '0 0 24 24',
    'aria-hidden': 'true',
  });
  append(icon, document.createElementNS(SVG, 'path'), { d: BUBBLE });
  return { root, button, failure };
}

function append<Child extends Element>(
  parent: ParentNode,
  child: Child,
  attributes: Record<string, string>,
): Child {
  for (const name in attributes) child.setAttribute(name, attributes[name]!);
  parent.append(child);
  return child;
}
