/** The data attributes of the script element: everything that a site can set. docs/widget.md explains each. */
import type { PreChatField } from '../view/options';
import type { PanelSettings } from './contract';

/** Languages besides English, each a file of its own. */
const LANGUAGES = ['ar', 'de', 'es', 'fr', 'pt'];

/** The first of these that we speak: what the site says, the page's language, the visitor's. */
export function pickLanguage({ dataset }: HTMLElement): string {
  const wanted = [dataset['lang'], document.documentElement.lang, ...navigator.languages];
  const codes = wanted.map((tag) => tag?.slice(0, 2).toLowerCase() ?? '');
  return codes.find((code) => code === 'en' || LANGUAGES.includes(code)) ?? 'en';
}

export function readSettings(script: HTMLScriptElement): PanelSettings {
  const { dataset } = script;
  const { userToken, remember, fields } = dataset;
  return {
    // The script is an asset of the same deployment as the Functions.
    functionsUrl: dataset['functionsUrl'] ?? new URL('.', script.src).href,
    remember: remember === 'tab' || remember === 'none' ? remember : 'site',
    attachments: dataset['attachments'],
    userToken: userToken === undefined ? undefined : () => userToken,
    view: {
      title: dataset['title'],
      greeting: dataset['greeting'],
      introduction: dataset['introduction'],
      name: dataset['name'],
      fields: fields === undefined ? undefined : (JSON.parse(fields) as PreChatField[]),
      survey: dataset['survey'],
      sound: dataset['sound'] !== undefined,
      notifications:
        dataset['notifications'] === undefined
          ? undefined
          : dataset['notifications'] === 'content'
            ? 'content'
            : 'plain',
    },
  };
}
