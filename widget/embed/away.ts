/** Loaded by pages with the setting `availability`: shows it at the button and in the panel, and takes messages. */
import { createReception } from '../chat/reception';
import { baseUrlOf } from '../transport/deployment';
import { createFunctionsClient } from '../transport/functions-client';
import { CLOSED, followAway } from '../view/away/away';
import css from '../view/away/away.css';
import { lineOf } from '../view/away/away-view';
import type { AwayPart } from './contract';
import { deliver } from './deliver';

deliver<AwayPart>({
  follow(place, outside) {
    adopt(place.slot.getRootNode() as ShadowRoot);
    const { readLeaving: read, writeLeaving: write } = outside.storage();
    const away = followAway({ ...place, reception: createReception(outside), draft: { read, write } });
    away.update();
    return away;
  },
  async mark({ raw, root, button, functionsUrl }) {
    adopt(root);
    const { post } = createFunctionsClient(baseUrlOf(functionsUrl));
    const availability =
      raw['availability'] === 'closed'
        ? CLOSED
        : await createReception({ post, postAsVisitor: post }).availability();
    const line = lineOf(availability, (root.host as HTMLElement).lang);
    if (!line) return;
    const isHere = availability.isOpen && availability.agentsAvailable !== false;
    button.dataset['availability'] = isHere ? 'here' : 'away';
    button.setAttribute('aria-description', line);
    button.title = line;
  },
});

const dressed = new WeakSet<ShadowRoot>();

function adopt(root: ShadowRoot): void {
  if (dressed.has(root)) return;
  dressed.add(root);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
