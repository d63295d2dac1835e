import { LANGUAGES } from '../../../widget/text/languages';
import type { Text } from '../../../widget/text/text';

interface Wording {
  /** Other ways to address the visitor, in a table that keeps to one. Where no word tells them apart: other forms of a request. */
  address: RegExp | null;
  /** Other terms for the chat and for the agent. Each has one. */
  terms: RegExp;
  /** Characters that this language does not write like this. */
  typography: RegExp | null;
}

/** None of these may be in a text. A new language needs its own: a missing one is a type error. */
const FORBIDDEN: Record<keyof typeof LANGUAGES, Wording> = {
  ar: {
    address: words('الرجاء|رجاءً|برجاء|من فضلك|فضلًا'),
    terms: /دردش|وكيل|وكلاء/,
    typography: /[,;?]/,
  },
  de: {
    // Case counts: `Ihr` is the formal form.
    address: words('[Dd]u|[Dd]ich|[Dd]ir|[Dd]ein\\p{L}*|ihr|[Ee]uch|[Ee]uer|[Ee]ure\\p{L}*', ''),
    terms: words('gespräch\\p{L}*|unterhaltung\\p{L}*|konversation\\p{L}*|agent\\p{L}*|mitarbeiter\\p{L}*'),
    typography: /[^\u00a0]…|“[^„]*“/,
  },
  en: { address: null, terms: words('conversations?|representatives?|advisors?'), typography: null },
  es: {
    address: words('usted|ustedes|su|sus|le|les|vos|vosotr[oa]s|os|vuestr[oa]s?'),
    terms: words('conversaci\\p{L}+|charlas?|asesor\\p{L}*|operador\\p{L}*'),
    // A question or an exclamation without its opening mark.
    typography: /(?:^|[?.])[^¿?]*\?|(?:^|[!.])[^¡!]*!/,
  },
  fr: {
    address: words('tu|te|toi|ton|ta|tes'),
    terms: words('conversations?|discussions?|tchat|agente?s?'),
    typography: /[^\u00a0]:|[^\u202f][;?!]/,
  },
  pt: {
    address: words('tu|te|ti|teus?|tuas?|contigo|vós|vos|vossos?|vossas?'),
    // The second half are words of Portugal: the table is for Brazil.
    terms: words('conversas?|bate-papo|agentes?|connosco|equipa|ficheiros?|ecrã|utilizador\\p{L}*'),
    typography: null,
  },
};

describe.each(Object.entries(FORBIDDEN))('the words of %s', (language, { address, terms, typography }) => {
  const table: Text = LANGUAGES[language as keyof typeof LANGUAGES];
  const all = linesOf(table);
  const found = (forbidden: RegExp | null): string[] => all.filter((line) => forbidden?.test(line));

  it('address the visitor in one way', () => {
    expect(found(address)).toEqual([]);
  });

  it('have one term for the chat and one for the agent', () => {
    expect(found(terms)).toEqual([]);
  });

  it('follow the typography of the language', () => {
    expect(found(typography)).toEqual([]);
    // Everywhere: no straight quotation marks and no three dots.
    expect(found(/['"]|\.\./)).toEqual([]);
  });

  it('are right for every count, because no noun follows one', () => {
    const counted = [table.unread(1), table.fileProblems.tooMany('A', '1')];

    expect(counted.filter((line) => /1[\s\u00a0]*\p{L}/u.test(line))).toEqual([]);
  });
});

/** All texts of a table, also nested ones, with `A` for a name and `1` for a number. */
function linesOf(texts: object): string[] {
  return Object.entries(texts).flatMap(([name, text]) => {
    if (['language', 'direction'].includes(name)) return [];
    if (typeof text === 'string') return [text];
    return typeof text === 'function' ? [String(text('A', '1'))] : linesOf(text as object);
  });
}

/** Whole words. `\b` knows the letters of English only. */
function words(alternatives: string, flags = 'i'): RegExp {
  return new RegExp(`(?<!\\p{L})(?:${alternatives})(?!\\p{L})`, `u${flags}`);
}
