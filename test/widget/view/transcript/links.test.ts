import { splitLinks } from '../../../../widget/view/transcript/links';

describe('links in a message', () => {
  it.each([
    ['see https://example.com/a?b=1#c now', ['https://example.com/a?b=1#c']],
    ['http://example.com.', ['http://example.com']],
    ['(https://example.com/a_(b)), really', ['https://example.com/a_(b)']],
    ['write to help@example.com!', ['help@example.com']],
    ['mailto:help@example.com', ['mailto:help@example.com']],
  ])('are found in %p', (body, expected) => {
    const links = splitLinks(body).flatMap((part) => (typeof part === 'string' ? [] : [part.text]));

    expect(links).toEqual(expected);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'tel:+491234',
    'https://',
    'just words',
  ])('are nothing but http, https and mailto: not %p', (body) => {
    expect(splitLinks(body)).toEqual([body]);
  });

  it('leave every character of the text in its place', () => {
    const body = 'a https://example.com/x, b <b>c</b> help@example.com';

    const shown = splitLinks(body).map((part) => (typeof part === 'string' ? part : part.text));

    expect(shown.join('')).toBe(body);
  });
});
