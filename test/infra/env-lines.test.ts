/** Lines of a `.env` that the toolkit and other tools read differently. */
import { parse } from 'dotenv';
import { parse as parseAsOthers } from 'dotenv-17';
import fc from 'fast-check';
import { lineOf, oddLines } from '../../infra/env-lines';

it("uses the toolkit's reading: the same file of the same package", () => {
  const toolkits = require.resolve('dotenv', { paths: [require.resolve('twilio-run')] });

  expect(require.resolve('dotenv')).toBe(toolkits);
  expect(require('dotenv/package.json').version).toMatch(/^6\./);
});

it.each([
  ['a # in a value', 'SECRET=abc#def', 1, 1, 'SECRET'],
  ['a comment after a value', 'TOKEN_TTL_SECONDS=600 # ten minutes', 1, 1, 'TOKEN_TTL_SECONDS'],
  ['a comment after quotes', `SECRET='abc' # ours`, 1, 1, 'SECRET'],
  ['an export', 'export SECRET=abc', 1, 1, 'SECRET'],
  ['a colon', 'SECRET: abc', 1, 1, 'SECRET'],
  ['a value on several lines', 'KEY="-----BEGIN\nMFkwEw==\n-----END"', 1, 3, 'KEY'],
  ['one in single quotes', `KEY='a\nb'`, 1, 2, 'KEY'],
  ['one quote at the end', 'SECRET=abc"', 1, 1, 'SECRET'],
  ['two kinds of quotes', `SECRET="abc'`, 1, 1, 'SECRET'],
  ['back quotes', 'SECRET=`abc`', 1, 1, 'SECRET'],
  ['blanks inside quotes', 'SECRET=" abc "', 1, 1, 'SECRET'],
  ['a blank after quotes', `SECRET='abc' `, 1, 1, 'SECRET'],
  ['\\n in quotes with a comment', 'TEXT="a\\nb" # two lines', 1, 1, 'TEXT'],
  ['a line without =', 'ALLOWED_ORIGINS https://shop.test', 1, 1, 'ALLOWED_ORIGINS'],
  ['part of a secret', 'c2VjcmV0', 1, 1, undefined],
])('names %s', (_what, text, from, to, name) => {
  const shifted = `# First\nA=1\n${text}\nB=2\n`;

  expect(oddLines(shifted)).toEqual([
    { from: from + 2, to: to + 2, name, what: expect.any(String), remedy: expect.any(String) },
  ]);
});

it.each([
  ['plain values', 'A=1\nB = two words\n C=https://a.test/?x=y'],
  ['quotes', `A='1'\nB="two words"\nC='a#b'`],
  ['\\n in double quotes, single quotes and none', `A="a\\nb"\nB='a\\nb'\nC=a\\nb`],
  ['comments and empty lines', '# A=1 # x\n\n  # export B=2\n'],
  ['line ends of Windows', 'A=1\r\nB="2"\r\n# C\r\n'],
  ['an empty value', 'A=\nB=1'],
  ['an apostrophe', `A=it's fine`],
])('has no findings for %s', (_what, text) => {
  expect(oddLines(text)).toEqual([]);
});

it('accepts the fix that it suggests', () => {
  expect(oddLines(`SECRET='abc#def'\nTEXT="a\\nb"\n# ten minutes\nTTL=600\nSECRET='abc"'`)).toEqual([]);
});

it('finds no line only if both readings of the whole file are equal', () => {
  const line = fc.string({ unit: fc.constantFrom(...`AB=:#'"\` \\n\texport`), maxLength: 14 });
  const assignment = fc
    .tuple(fc.constantFrom('A=', 'B=', 'export A=', 'B: '), line)
    .map((pair) => pair.join(''));
  const file = fc.array(fc.oneof(line, assignment), { maxLength: 5 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(file, (text) => {
      fc.pre(oddLines(text).length === 0);

      expect({ ...parseAsOthers(text) }).toEqual(parse(text));
    }),
    { numRuns: 3000, maxSkipsPerRun: 1000 },
  );
});

it.each([
  ['a quote that another line holds, but not at its end', 'A="\nB=`"x=\nC=y`', [1, 1], [2, 3]],
  ['a value that is set again', `export A='p=\nA=\`'x"y`, [1, 1]],
])('ends at the right line: %s', (_what, text, ...ranges) => {
  expect(oddLines(text).map(({ from, to }) => [from, to])).toEqual(ranges);
});

it('numbers the effective line, or one that only looks like it', () => {
  const text = 'A=1\nexport B=2\nA=3\n# C=4\nD: 5';

  expect(['A', 'B', 'C', 'D'].map((name) => lineOf(text, name))).toEqual([3, 2, undefined, 5]);
});
