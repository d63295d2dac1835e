/** Merging into `.env`: every line is kept, and dotenv reads the merged values. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { parse as parseAsOthers } from 'dotenv-17';
import fc from 'fast-check';
import { EnvFile, mergeValues } from '../../infra/env-file';

it('counts empty values and placeholders of SIDs as not set', () => {
  const folder = mkdtempSync(join(tmpdir(), 'env-file-'));
  const file = new EnvFile(join(folder, '.env'));
  writeFileSync(
    file.file,
    `ACCOUNT_SID=AC${'x'.repeat(32)}\nSTUDIO_FLOW_SID=FWXXXX\nAUTH_TOKEN=\nOTHER=MGxx`,
  );

  expect(file.read()).toEqual({ OTHER: 'MGxx' });
  expect(file.lineOf('STUDIO_FLOW_SID')).toBe(2);
  rmSync(folder, { recursive: true });
});

it('sets a name in its line, below its example, or at the end', () => {
  const text = '# One\nA=1\n\n# B=example\nC=3\n';

  expect(mergeValues(text, { A: 'x', B: 'y', D: 'z' })).toBe('# One\nA=x\n\n# B=example\nB=y\nC=3\nD=z\n');
});

it('changes the effective line when a name is set twice', () => {
  expect(parse(mergeValues('A=1\nA=2\n', { A: '3' }))).toEqual({ A: '3' });
});

it.each([
  ['the toolkit', parse],
  ['other tools', parseAsOthers],
])('keeps line breaks, quotes and blanks for %s', (_whose, read) => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const values = {
    KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString().trim(),
    TEXT: "We're closed.\nTry again: #1, tomorrow",
    ESCAPED: '-----BEGIN\\nAbc=',
    WORDS: 'He said "no"',
    APOSTROPHE: "it's #1",
  };

  expect(read(mergeValues('', values))).toEqual(values);
});

it('preserves any value that the toolkit can read', () => {
  const value = fc.string({ unit: fc.constantFrom(...`ab\\n'"\`#= $\n`) });
  fc.assert(
    fc.property(value, (text) => {
      const read = parse(`A=${text}`);

      expect(parse(mergeValues('', read))).toEqual(read);
    }),
    { numRuns: 1000 },
  );
});

it('loses no line, and sets the given values', () => {
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
