/** What a release takes for granted: `.github/workflows/release.yml`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (name: string): string => readFileSync(join(__dirname, '..', '..', name), 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };

it('both packages have one version', () => {
  expect(JSON.parse(read('emulator/package.json'))).toMatchObject({ version });
});

it('CHANGELOG says what is in it', () => {
  const [, text = ''] = read('CHANGELOG.md').split(`\n## v${version} - `);

  expect(text).toMatch(/^\d{4}-\d{2}-\d{2}\n/);
  expect(text.split('\n## ')[0]).toMatch(/^- \*\*/m);
});
