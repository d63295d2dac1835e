import fc from 'fast-check';
import { splitLinks, type Link } from '../../../../widget/view/transcript/links';

function linksIn(body: string): Link[] {
  return splitLinks(body).filter((part): part is Link => typeof part !== 'string');
}

describe('links in a message', () => {
  it.each([
    ['see https://example.com/a?b=1#c now', ['https://example.com/a?b=1#c']],
    ['http://example.com.', ['http://example.com']],
    ['(https://example.com/a_(b)), really', ['https://example.com/a_(b)']],
    ['[https://example.com/a], {https://example.com/b}', ['https://example.com/a', 'https://example.com/b']],
    ['https://example.com/a)))))', ['https://example.com/a']],
    ['write to help@example.com!', ['help@example.com']],
    ['a.b+c@mail.example.com,d@example.org', ['a.b+c@mail.example.com', 'd@example.org']],
    ['mailto:help@example.com', ['mailto:help@example.com']],
    ['call tel:+49-30-1234.', ['tel:+49-30-1234']],
    ['www.example.com/x, and awww.example.com', ['www.example.com/x']],
    ['请看https://example.com/docs（中文说明），谢谢。', ['https://example.com/docs']],
    ['「https://example.com/日本」を見て。', ['https://example.com/日本']],
    [
      '**https://example.com/bold** and *https://example.com/it*',
      ['https://example.com/bold', 'https://example.com/it'],
    ],
    ['`https://example.com/code`', ['https://example.com/code']],
    ['“https://example.com/quoted”', ['https://example.com/quoted']],
    ['https://example.com/a\u202ebc', ['https://example.com/a']],
    ['https://ru.example.com/а–б', ['https://ru.example.com/а–б']],
  ])('are found in %p', (body, expected) => {
    expect(linksIn(body).map(({ text }) => text)).toEqual(expected);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'https://',
    'tel:',
    'tel:1;phone-context=evil',
    'mailto:a@example.com?body=I+agree',
    'a@b',
    'just words',
  ])('are nothing else: not %p', (body) => {
    expect(splitLinks(body)).toEqual([body]);
  });

  it.each([
    'https://paypal.com@evil.example/',
    'https://paypal.com:pay@evil.example/',
    'https://@evil.example/',
    'https://paypal.com%40evil.example@evil.example/',
  ])('do not lead to a host behind another one’s name: not %p', (body) => {
    expect(linksIn(body).filter(({ href }) => href.startsWith('http'))).toEqual([]);
  });

  it.each([
    ['https://аррӏе.com/login', 'xn--80ak6aa92e.com'],
    ['https://ｐａｙｐａｌ.com', 'paypal.com'],
    ['https://example。com/', null],
    ['https://0x7f000001/', '127.0.0.1'],
    ['https://evil.example\\.paypal.com/', 'evil.example'],
    ['https://exam%70le.com/', 'example.com'],
    ['https://münchen.example/', 'xn--mnchen-3ya.example'],
    ['https://EXAMPLE.com:443/', undefined],
    ['https://example.com:8443/a', undefined],
  ])('say where %p really leads', (body, host) => {
    expect(linksIn(body).map((link) => link.host)).toEqual(host === null ? [] : [host]);
  });

  it('leave every character of the text in its place, and lead where they say', () => {
    const word = fc.constantFrom(
      ...[
        'https://',
        'www.',
        'mailto:',
        'tel:',
        '@',
        'a',
        'é',
        '.',
        'com',
        '/',
        '(',
        ')',
        '*',
        '**',
        '。',
        ' ',
        ':',
        '#',
        '?',
        '\\',
        '[',
        ']',
        'xn--',
      ],
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        const body = words.join('');
        const parts = splitLinks(body);

        expect(parts.map((part) => (typeof part === 'string' ? part : part.text)).join('')).toBe(body);
        for (const { href, text, host } of linksIn(body)) {
          const { protocol, host: actual } = new URL(href);
          expect(['http:', 'https:', 'mailto:', 'tel:']).toContain(protocol);
          if (actual) expect(host ?? text.toLowerCase()).toContain(actual);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
