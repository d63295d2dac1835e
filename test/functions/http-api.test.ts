/** docs/http-api.md, held to the code. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERRORS } from '../../src/assets/http/errors.private';

const root = join(__dirname, '..', '..');
const page = readFileSync(join(root, 'docs', 'http-api.md'), 'utf8');

describe('docs/http-api.md', () => {
  it('lists exactly the codes that there are, with their status', () => {
    const rows = [...page.matchAll(/^\| (\d{3}) +\| `(\w+)` +\| (yes|no) +\|/gm)];
    const listed = rows.map(([, status, code, retryable]) => ({ code, status, retryable }));

    const known = Object.entries(ERRORS).map(([code, { status, retryable }]) => ({
      code,
      status: String(status),
      retryable: retryable ? 'yes' : 'no',
    }));
    const byCode = (a: { code?: string | undefined }, b: { code?: string | undefined }) =>
      a.code! < b.code! ? -1 : 1;
    expect(listed.sort(byCode)).toEqual(known.sort(byCode));
  });

  it('describes every Function', () => {
    const functions = readdirSync(join(root, 'src', 'functions')).map(
      (file) => `/${file.replace(/(\.protected)?\.ts$/, '')}`,
    );

    for (const path of functions) expect(page).toMatch(new RegExp(`(POST |\`)${path}\\b`));
  });

  it('names for each Function the failures that its source names', () => {
    const sections = new Map(
      [...page.matchAll(/^### POST (\S+)\n([\s\S]*?)(?=^##)/gm)].map(([, path, text]) => [path!, text!]),
    );
    for (const [path, section] of sections) {
      const source = readFileSync(join(root, 'src', 'functions', `${path.slice(1)}.ts`), 'utf8');
      const header = /Fails([\s\S]*?)\n \*\n/.exec(source)![1]!;
      // Every Function refuses the wrong content type; the page says so once.
      const named = Object.keys(ERRORS).filter(
        (code) => new RegExp(`\\b${code}\\b`).test(header) && code !== 'unsupported_content_type',
      );
      const described = section.includes('Fails like `/add-participant`')
        ? sections.get('/add-participant')!
        : section;

      for (const code of named) expect(`${path} ${described}`).toContain(`\`${code}\``);
    }
    expect(sections.size).toBe(8);
  });
});
