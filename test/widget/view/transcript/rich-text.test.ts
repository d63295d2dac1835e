import type { Inline } from '../../../../widget/view/transcript/inline-text';
import { toBlocks, withoutMarks } from '../../../../widget/view/transcript/rich-text';

/** In short: `b(...)`, `i(...)`, `c(...)` and `link(text>href host)`. */
function drawn(body: string): string {
  const names = { strong: 'b', em: 'i', code: 'c' };
  const all = (parts: readonly Inline[]): string =>
    parts
      .map((part) => {
        if (typeof part === 'string') return part;
        if ('style' in part) return `${names[part.style]}(${all(part.parts)})`;
        return `link(${part.text}>${part.href}${part.host === undefined ? '' : ` ${part.host}`})`;
      })
      .join('');
  return toBlocks(body)
    .map((block) => {
      if (block.kind === 'text') return all(block.parts);
      if (block.kind === 'code') return `pre(${block.text})`;
      return `${block.start ?? 'ul'}[${block.items.map(all).join('|')}]`;
    })
    .join('~');
}

describe('what agents and bots write', () => {
  it.each([
    ['a **bold** word', 'a b(bold) word'],
    ['*so* and _so_', 'i(so) and i(so)'],
    ['**bold with *both* in it**', 'b(bold with i(both) in it)'],
    ['run `npm **start**` now', 'run c(npm **start**) now'],
    ['这是**重点**内容', '这是b(重点)内容'],
    ['- one\n- two', 'ul[one|two]'],
    ['Do this:\n1. look\n2. **write**\nThen call', 'Do this:~1[look|b(write)]~Then call'],
    ['3) third\n4) fourth', '3[third|fourth]'],
    ['```js\na *b* c\n```', 'pre(a *b* c)'],
    ['first\n\nsecond', 'first\n\nsecond'],
    ['[our terms](https://example.com/terms)', 'link(our terms>https://example.com/terms example.com)'],
    ['[https://example.com](https://example.com)', 'link(https://example.com>https://example.com/)'],
    [
      '[https://paypal.com](https://evil.example)',
      'link(https://paypal.com>https://evil.example/ evil.example)',
    ],
    ['[write](mailto:a@example.com)', 'link(write>mailto:a@example.com a@example.com)'],
    ['**see https://example.com**', 'b(see link(https://example.com>https://example.com/))'],
    ['https://example.com/a_b_c/*d*', 'link(https://example.com/a_b_c/*d>https://example.com/a_b_c/*d)*'],
  ])('is formatted lightly: %p', (body, expected) => {
    expect(drawn(body)).toBe(expected);
  });

  it.each([
    '2 * 3 * 4 = 24',
    '2*3*4',
    'snake_case_name and __init__',
    '**not closed',
    '** spaced **',
    '*a\nb*',
    '[x](javascript:alert(1))',
    '[x](https://paypal.com@evil.example)',
    '[x] (https',
    '-5 degrees',
    '```\nnever closed',
    '<b>bold</b> &amp; <img src=x onerror=alert(1)>',
  ])('leaves other text unchanged: %p', (body) => {
    expect(drawn(body)).toBe(body);
  });

  it('is read out and saved without the marks', () => {
    const body = '**Hi** [Ada](https://example.com/a)\n1. `one`\n2. _two_';

    expect(withoutMarks(body)).toBe('Hi Ada (https://example.com/a)\n1. one\n2. two');
  });
});
