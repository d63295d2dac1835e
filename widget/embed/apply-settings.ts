/** Loaded at once if a page has settings: checks them, styles the button, and passes the rest to the panel. */
import { BUILT_IN } from '../text/launcher-words';
import { checkSettings } from './check-settings';
import { reportSetting } from './console';
import type { ApplySettings, AwayPart, InviteVisitor, LauncherPlace } from './contract';
import { deliver } from './deliver';
import { dressButton } from './dress-button';
import type { ChatSettings } from './settings';

deliver<ApplySettings>((place) => {
  const settings = checkSettings(place.raw, reportSetting);
  addLanguages(settings, place);
  if (settings.lang !== undefined && !isSpoken(settings.lang, place)) {
    reportSetting(
      'lang',
      `unknown language ${settings.lang}: use ${Object.keys(place.words).join(', ')}, or add it with texts`,
    );
  }
  place.speak(settings.lang);
  checkContainer(settings);
  dressButton(settings, place);
  // Without a part that cannot be loaded, the button is the usual one.
  const later = <Part>(file: string, use: (part: Part) => unknown): void =>
    void place
      .load<Part>(file)
      .then(use)
      .catch(() => undefined);
  // No request is made before the visitor has given consent.
  if (settings.availability && settings.consent === undefined) {
    later<AwayPart>('chat-away.js', ({ mark }) => mark(place));
  }
  const { teaser, teaserAfter } = settings;
  if (teaser) later<InviteVisitor>('chat-teaser.js', (invite) => invite(teaser, teaserAfter, place));
  const { title, greeting, introduction, name, fields, consent, survey, sound, notifications } = settings;
  const { texts, context, visit, attachments, availability, humanCheck, remember } = settings;
  return {
    texts,
    context,
    visit,
    attachments,
    availability,
    humanCheck,
    remember,
    view: {
      title,
      greeting,
      introduction,
      name,
      fields,
      consent,
      survey,
      sound,
      notifications: notifications === true ? 'plain' : notifications || undefined,
    },
  };
});

/** A page may create the element later, and the chat then appears there. */
const CONTAINER_TIMEOUT_MS = 5_000;

function checkContainer({ container }: ChatSettings): void {
  if (typeof container !== 'string') return;
  setTimeout(() => {
    if (!document.querySelector(container)) {
      reportSetting('container', `no element matches ${container}. The chat appears once one does`);
    }
  }, CONTAINER_TIMEOUT_MS);
}

/** Adds the site's own languages, and its words for existing ones. */
function addLanguages({ texts = {} }: ChatSettings, { words }: LauncherPlace): void {
  for (const [language, own] of Object.entries(texts)) {
    const { direction, open, chatNotLoaded } = { ...(words[language] ?? words[BUILT_IN]!), ...own };
    const isOwn = words[language]?.isOwn ?? !words[language];
    words[language] = { direction, open, chatNotLoaded, isOwn };
  }
}

function isSpoken(lang: string, { words }: LauncherPlace): boolean {
  const primary = (tag: string): string => tag.toLowerCase().split(/[-_]/)[0]!;
  return Object.keys(words).some((one) => primary(one) === primary(lang));
}
