/** docs/openapi.json matches the sources. The calls of all tests are also checked against it (test/support/description-check.ts). */
import { readFileSync } from 'node:fs';
import { OPENAPI_FILE } from '../../scripts/build';
import { declarationOf } from '../../scripts/build/declared-functions';
import { openApiText } from '../../scripts/build/openapi/document';
import { ERRORS } from '../../src/assets/http/errors.private';
import { contractOf } from '../../scripts/build/declared-functions';
import { DESCRIBED } from '../support/example-functions';

it('is what the sources say now: npm run build', async () => {
  expect(readFileSync(OPENAPI_FILE, 'utf8')).toBe(await openApiText());
});

describe.each(DESCRIBED)('the contract of $path', (file) => {
  it('names known failures and a success', () => {
    const { statuses, failures } = contractOf(file)!;

    expect(statuses.length).toBeGreaterThan(0);
    expect(failures.filter((code) => !(code in ERRORS))).toEqual([]);
    expect(failures).toContain('invalid_request');
  });

  it('names what the Function answers with', () => {
    const [, out] = /^ \* Out +\d+ \{([^}]*)\}/m.exec(readFileSync(file.filePath, 'utf8'))!;
    const named = out!.split(',').map((one) => one.trim().replace(/:.*/, ''));

    const entries = Object.entries(declarationOf(file)?.answer() ?? {});
    const answered = entries.map(([name, { type }]) => (type === 'optional' ? `${name}?` : name));
    expect(named.filter(Boolean)).toEqual(answered);
  });
});
