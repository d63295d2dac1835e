import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { brotliCompressSync } from 'node:zlib';
import { BUDGET_KIB, PUBLIC_FILES, widgetSizesKib } from '../../scripts/build/widget';
import { LANGUAGES } from '../../widget/text/languages';
import type { Text } from '../../widget/text/text';
import { placeWidget } from '../support/built';

describe('the files that a visitor’s browser fetches', () => {
  const folder = mkdtempSync(join(tmpdir(), 'widget-'));

  beforeAll(() => placeWidget(folder));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('stay within the budget, before and after the visitor first uses the chat', async () => {
    const { launcher, chat } = await widgetSizesKib(folder);

    expect(launcher).toBeLessThanOrEqual(BUDGET_KIB.launcher);
    expect(chat).toBeLessThanOrEqual(BUDGET_KIB.chat);
    expect(brotliCompressSync(scriptOf('chat-settings')).length / 1024).toBeLessThanOrEqual(
      BUDGET_KIB.launcher,
    );
    // An empty file would be within any budget.
    expect(launcher).toBeGreaterThan(1);
    expect(chat).toBeGreaterThan(50);
  });

  it.each(Object.values<Text>(LANGUAGES))(
    'the launcher has the few words of $language that it needs, and no more',
    ({ open, chatNotLoaded, greeting, problems }) => {
      const launcher = scriptOf('chat');

      for (const words of [open, chatNotLoaded]) expect(launcher).toContain(words);
      for (const words of [greeting, problems.gone]) expect(launcher).not.toContain(words);
    },
  );

  it('every language but the one in the panel is a file, which hands over its words', () => {
    const languages = PUBLIC_FILES.flatMap((file) => /^\/chat-text-(.+)\.js$/.exec(file)?.[1] ?? []);

    const delivered = languages.map((language) => {
      let text: Text | undefined;
      const currentScript = { take: (part: Text) => (text = part) };
      runInNewContext(scriptOf(`chat-text-${language}`), { document: { currentScript } });
      return text?.language;
    });

    expect(delivered).toEqual(languages);
    expect([...languages, 'en'].sort()).toEqual(Object.keys(LANGUAGES).sort());
  });

  function scriptOf(name: string): string {
    return readFileSync(join(folder, `${name}.js`), 'utf8');
  }
});
