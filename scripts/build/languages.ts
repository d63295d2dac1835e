/** The languages in the bundles: a file for each, and their short texts in the launcher. */
import type { Plugin } from 'esbuild';
import * as launcherWords from '../../widget/text/launcher-words';
import * as teaserWords from '../../widget/text/teaser-words';
import { LANGUAGES } from '../../widget/text/languages';
import { WIDGET } from './bundle';

/** The scripts that are loaded beside the panel, by file name. */
export const TEXT_SCRIPTS: Record<string, string> = Object.fromEntries(
  Object.keys(LANGUAGES)
    .filter((language) => language !== launcherWords.BUILT_IN)
    .map((language) => [`chat-text-${language}`, `text:${language}`]),
);

export const languages: Plugin = {
  name: 'languages',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^text:/ }, ({ path }) => ({ path: path.replace('text:', ''), namespace: 'text' }));
    onLoad({ filter: /^/, namespace: 'text' }, ({ path: language }) => ({
      // The export of `pt-BR` is `ptBR`: identifiers have no hyphens.
      contents: `
        import { deliver } from './embed/deliver';
        import { ${language.replaceAll('-', '')} as text } from './text/${language}';
        deliver(text);`,
      resolveDir: WIDGET,
    }));
    for (const [file, words] of Object.entries({ launcherWords, teaserWords })) {
      const name = file.replace('Words', '-words');
      onLoad({ filter: new RegExp(`[\\\\/]${name}\\.ts$`) }, () => ({
        contents: Object.entries(words)
          .map(([constant, value]) => `export const ${constant} = ${JSON.stringify(value)};`)
          .join('\n'),
      }));
    }
  },
};
