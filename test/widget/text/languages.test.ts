import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { en } from '../../../widget/text/en';
import { LANGUAGES } from '../../../widget/text/languages';
import type { Text } from '../../../widget/text/text';

const ROOT = join(__dirname, '..', '..', '..');
const TEXTS = join(ROOT, 'widget', 'text');
/** What else is in that room. */
const NO_LANGUAGE = ['languages', 'launcher-words', 'teaser-words', 'text', 'words'];

describe('the languages', () => {
  const tables: Text[] = Object.values(LANGUAGES);

  it.each(tables.map((table) => [table.language, table] as const))('leave no word out (%s)', (_, table) => {
    const words = Object.values({ ...table, ...table.problems }).filter((word) => typeof word === 'string');

    expect(words.filter((word) => word.trim() === '')).toEqual([]);
    expect(table.agentJoined('Ada')).toContain('Ada');
    expect(table.unread(3)).toContain('3');
    expect(table.problems.opens('Monday')).toContain('Monday');
  });

  it('leave out no language that has a file', () => {
    const files = readdirSync(TEXTS).map((file) => basename(file, '.ts'));

    expect(Object.keys(LANGUAGES)).toEqual(
      expect.arrayContaining(files.filter((name) => !NO_LANGUAGE.includes(name))),
    );
  });

  it('are those that a site reads it can choose', () => {
    const manual = readFileSync(join(ROOT, 'docs', 'widget.md'), 'utf8');
    const row = manual.split('\n').find((line) => line.startsWith('| `lang` '))!;
    const meaning = row.split('|')[4]!.split(', or one of your own')[0]!;
    const named = [...meaning.matchAll(/`([^`]+)`/g)].map(([, code]) => code);

    expect(named.sort()).toEqual(Object.keys(LANGUAGES).sort());
  });

  it('do not repeat the English words', () => {
    const shared = tables
      .filter((table) => table !== en)
      .flatMap((table) =>
        Object.entries(table).filter(
          ([key, word]) => typeof word === 'string' && word.length > 8 && word === en[key as keyof typeof en],
        ),
      );

    expect(shared).toEqual([]);
  });
});
