/** docs/migrate.md and the READMEs of its examples: what they name of this project exists. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SETTING_NAMES } from '../../src/assets/settings/settings.private';
import { EXAMPLE_FUNCTIONS } from '../support/example-functions';
import { PROTECTED_PATHS, PUBLIC_PATHS } from '../support/functions';

const ROOT = join(__dirname, '..', '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const MIGRATE = 'docs/migrate.md';
const READMES = ['examples/webchat-react-app/README.md', 'examples/demo-react/README.md'];

/** Rows of tables, without heads and rules. The first column has what others call theirs. */
const rows = read(MIGRATE)
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| --'))
  .map((line) => line.slice(2, -2).split(' | '));
/** What is in code in the other columns. */
const ours = rows
  .flatMap((cells) => cells.slice(1).flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)]))
  .map(([, code]) => code!);

it('names settings of the Functions that exist', () => {
  const named = ours.flatMap((code) => code.match(/^[A-Z]+(_[A-Z]+)+/g) ?? []);

  expect(named).toContain('TOKEN_TTL_SECONDS');
  expect(named.filter((name) => !(SETTING_NAMES as string[]).includes(name))).toEqual([]);
});

it('names Functions that exist', () => {
  const paths = [...PUBLIC_PATHS, ...PROTECTED_PATHS, ...EXAMPLE_FUNCTIONS.map(({ path }) => path)];
  const named = ours.filter((code) => /^\/[a-z-]+$/i.test(code));

  expect(named).toContain('/start-chat');
  expect(named.filter((path) => !paths.includes(path))).toEqual([]);
});

it('names settings, calls, events and texts of the widget and the client that exist', () => {
  const from = rows.findIndex(([first]) => first!.includes('`accountSid`, `flexFlowSid`'));
  const to = rows.findIndex(([first]) => first!.includes('`Client.create(token)`'));
  const section = rows.slice(from, to - 1).flatMap((cells) => cells.slice(1).join(' '));
  const strings = /Strings by name:[^]*?All others/.exec(read(MIGRATE))![0].matchAll(/ is `(\w+)`/g);
  const named = [
    ...section.flatMap((cell) => [...cell.matchAll(/`(?:FlexChat\.)?([a-z]\w+)[`:(]/g)]),
    ...strings,
  ].map(([, name]) => name!);
  const manual = ['docs/widget.md', 'docs/bring-your-own-ui.md', 'docs/http-api.md', 'widget/text/text.ts'];
  const words = new Set(manual.flatMap((path) => read(path).match(/\w+/g)!));

  expect(named).toEqual(expect.arrayContaining(['launcherLabel', 'setContext', 'startOver', 'seen']));
  expect(named.filter((name) => !words.has(name) && name !== 'provision')).toEqual([]);
});

describe.each([MIGRATE, ...READMES])('%s', (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)];

  it.each(links.map(([, path, anchor]) => [path!, anchor]))('leads to %s, heading %s', (path, anchor) => {
    const target = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path);

    expect(existsSync(target)).toBe(true);
    if (anchor !== undefined) expect(anchorsOf(readFileSync(target, 'utf8'))).toContain(anchor);
  });
});

/** As GitHub makes them. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}
