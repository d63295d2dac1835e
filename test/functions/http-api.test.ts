/** docs/http-api.md and the table in README, compared with the code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERRORS } from '../../src/assets/http/errors.private';
import { REFUSED_LOCALLY } from '../../scripts/functions/front';
import { DESCRIBED } from '../support/example-functions';
import { parametersOf, PROTECTED_PATHS, PUBLIC_PATHS } from '../support/functions';

const root = join(__dirname, '..', '..');
const page = readFileSync(join(root, 'docs', 'http-api.md'), 'utf8');

describe('docs/http-api.md', () => {
  it('lists exactly the existing codes, with their status', () => {
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

  it('names the code of the local server', () => {
    expect(page).toContain(`| \`${REFUSED_LOCALLY}\` `);
  });

  it('describes every Function', () => {
    const sections = [...page.matchAll(/^### POST (\S+)$/gm)].map(([, path]) => path);

    expect(sections.sort()).toEqual(PUBLIC_PATHS);
    for (const path of PROTECTED_PATHS) expect(page).toContain(`\`${path}\``);
  });

  it('names for each Function the errors in its source', () => {
    const sections = new Map(
      [...page.matchAll(/^### POST (\S+)\n([\s\S]*?)(?=^##)/gm)].map(([, path, text]) => [path!, text!]),
    );
    for (const [path, section] of sections) {
      const source = readFileSync(join(root, 'src', 'functions', `${path.slice(1)}.ts`), 'utf8');
      const header = /Fails([\s\S]*?)\n \*\n/.exec(source)![1]!;
      // Every Function rejects a wrong content type; the page says so once.
      const named = Object.keys(ERRORS).filter(
        (code) => new RegExp(`\\b${code}\\b`).test(header) && code !== 'unsupported_content_type',
      );
      const described = section.includes('Fails like `/add-participant`')
        ? sections.get('/add-participant')!
        : section;

      for (const code of named) expect(`${path} ${described}`).toContain(`\`${code}\``);
    }
  });
});

describe('README', () => {
  const rows = [
    ...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^\| `(\/[\w-]+)` +\|[^|]*\|([^|]*)\|/gm),
  ];

  it('lists every Function', () => {
    expect(rows.map(([, path]) => path).sort()).toEqual(DESCRIBED.map(({ path }) => path).sort());
  });

  it.each(PUBLIC_PATHS)('names the parameters of %s', (path) => {
    const named = [...rows.find((row) => row[1] === path)![2]!.matchAll(/`(\w+)\??`/g)].map(
      ([, name]) => name!,
    );
    // README leaves these to docs/security.md and docs/http-api.md.
    const taken = parametersOf(path).filter(({ name }) => !['humanCheck', 'platform'].includes(name));

    expect(named.sort()).toEqual(taken.map(({ name }) => name).sort());
  });
});
