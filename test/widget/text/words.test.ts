import { wordsOf } from '../../../widget/text/words';
import { de } from '../../../widget/text/de';
import { en } from '../../../widget/text/en';

describe('the words of the chat', () => {
  it('are the defaults if the site sets nothing', () => {
    expect(wordsOf('de', de).send).toBe(de.send);
    expect(wordsOf('nl', undefined).send).toBe(en.send);
  });

  it('are the site’s, as text with what it is about in braces, or as a function', () => {
    const own = {
      send: 'Go',
      said: '{body}, says {name}',
      unread: (count: number) => `${count}!`,
      agentJoined: 'Meet {name} {surname}',
      fileProblems: { tooLarge: '{name}: at most {most}' },
      problems: { opens: 'Back {when}', busy: 'Busy' },
    };

    const words = wordsOf('en', en, { own });

    expect(words.send).toBe('Go');
    expect(words.said('Ada', 'hello')).toBe('hello, says Ada');
    expect(words.unread(3)).toBe('3!');
    expect(words.agentJoined('Ada')).toBe('Meet Ada {surname}');
    expect(words.fileProblems.tooLarge('a.png', '16 MB')).toBe('a.png: at most 16 MB');
    expect(words.problems.opens('on Monday')).toBe('Back on Monday');
    expect(words.problems.gone).toBe(en.problems.gone);
  });

  it('stay ours, where what the site says is no word', () => {
    const wrong = { send: 7, problems: 'none', agentJoined: null } as never;

    const words = wordsOf('en', en, { own: wrong });

    expect([words.send, words.problems, words.agentJoined]).toEqual([en.send, en.problems, en.agentJoined]);
  });

  it.each([
    ['en', 'en-GB'],
    ['de', 'de-AT'],
    ['fr', 'fr-FR'],
    ['es', 'es'],
  ])('of %s are in the region of the visitor, or of the page: %s', (language, expected) => {
    const regions = ['fr-FR', 'en-GB', 'de-AT'];

    expect(wordsOf(language, undefined, { regions }).language).toBe(expected);
  });
});
