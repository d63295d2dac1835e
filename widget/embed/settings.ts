/** The data attributes of the script element: everything that a site can set. docs/widget.md explains each. */
import type { PreChatField } from '../view/options';
import type { PanelSettings } from './contract';

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
