/** Merging into `.env`: whatever stands there stays, and what was merged is what dotenv reads. */
import { generateKeyPairSync } from 'node:crypto';
import * as dotenv from 'dotenv';
import fc from 'fast-check';
import { mergeValues } from '../../infra/env-file';

const { parse } = dotenv;
/** The toolkit has a far older one. */
const toolkitDotenv = require(
  require.resolve('dotenv', { paths: [require.resolve('twilio-run')] }),
) as typeof dotenv;

it('sets a name where it stands, below its example, or at the end', () => {
  const text = '# One\nA=1\n\n# B=example\nC=3\n';

  expect(mergeValues(text, { A: 'x', B: 'y', D: 'z' })).toBe('# One\nA=x\n\n# B=example\nB=y\nC=3\nD=z\n');
});

it('changes the line that counts when a name is set twice', () => {
  expect(parse(mergeValues('A=1\nA=2\n', { A: '3' }))).toEqual({ A: '3' });
});

it.each([
  ['ours', dotenv],
  ["the toolkit's", toolkitDotenv],
])('keeps line breaks, quotes and blanks for %s dotenv', (_whose, { parse: read }) => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const values = {
    KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString().trim(),
    TEXT: "We're closed.\nTry again: #1, tomorrow",
    ESCAPED: '-----BEGIN\\nAbc=',
    WORDS: 'He said "no"',
  };

  expect(read(mergeValues('', values))).toEqual(values);
});

it('loses no line, and sets what it was given', () => {
  const name = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}$/);
  const value = fc.stringMatching(/^[\w ./:#@+=,-]{0,20}$/).map((text) => text.trim());
  const line = fc.oneof(
    fc.tuple(name, fc.stringMatching(/^[\w./-]{0,8}$/)).map(([key, text]) => `${key}=${text}`),
    fc.stringMatching(/^# [\w =]{0,20}$/),
    fc.constant(''),
  );
  fc.assert(
    fc.property(
      fc.array(line),
      fc.dictionary(name, value, { maxKeys: 4, noNullPrototype: true }),
      (lines, values) => {
        const merged = mergeValues(lines.map((one) => `${one}\n`).join(''), values);

        expect(parse(merged)).toMatchObject(values);
        const isOther = (one: string): boolean =>
          !Object.keys(values).some((key) => one.startsWith(`${key}=`));
        expect(merged.split('\n').slice(0, -1).filter(isOther)).toEqual(lines.filter(isOther));
      },
    ),
  );
});
