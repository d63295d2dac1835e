import { pickLanguage } from '../../../widget/embed/language';
import { LANGUAGES } from '../../../widget/text/languages';

describe('the language of the chat', () => {
  it.each(Object.keys(LANGUAGES))('is %s where the site says so', (language) => {
    expect(pickLanguage([language, 'en'])).toBe(language);
    expect(pickLanguage([language.toUpperCase(), 'en'])).toBe(language);
  });

  it.each([
    [['de-AT'], 'de'],
    [['pt_BR'], 'pt'],
    [[undefined, '', 'fr'], 'fr'],
    // Not German's neighbour in the alphabet.
    [['den', 'es'], 'es'],
    [['xx', 'ar-EG', 'de'], 'ar'],
    [['xx'], 'en'],
    [[], 'en'],
    [['constructor', '__proto__'], 'en'],
  ])('of %p is %s', (wanted, expected) => {
    expect(pickLanguage(wanted)).toBe(expected);
  });
});
