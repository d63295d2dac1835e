/** Generates docs/emulator-guesses.md from the comments in emulator/. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import * as markdown from 'prettier/plugins/markdown';
// Not 'prettier' itself: it loads its parts with import(), which Jest does not support.
import { format } from 'prettier/standalone';

const ROOT = join(__dirname, '..');
const EMULATOR = join(ROOT, 'emulator');
export const GUESSES_FILE = join(ROOT, 'docs', 'emulator-guesses.md');

/** Folders with built or installed files. */
const NOT_SOURCES = /^(dist|node_modules)\b/;

interface Note {
  /** Relative to the root, with slashes. */
  file: string;
  text: string;
}

export async function generateGuesses(): Promise<string> {
  const notes = sourceFiles().flatMap(notesOf);
  const rooms = [...new Set(notes.map(roomOf))];
  const document = [
    '# What the emulator guesses, and where it differs',
    '',
    'Generated from the comments in `emulator/` by `node scripts/run.mjs scripts/write-guesses.ts`; a test fails when it is',
    'out of date. **Guess** marks behaviour of Twilio without a source; **Differs** marks a known difference of the',
    'emulator. Nothing here has been checked against a live account.',
    '',
    ...rooms.flatMap((room) => [
      `## ${room}`,
      '',
      ...notes.filter((note) => roomOf(note) === room).map(toItem),
      '',
    ]),
  ].join('\n');
  const style = JSON.parse(readFileSync(join(ROOT, '.prettierrc.json'), 'utf8')) as object;
  return format(document, { ...style, parser: 'markdown', plugins: [markdown] });
}

function sourceFiles(): string[] {
  return (readdirSync(EMULATOR, { recursive: true }) as string[])
    .filter((name) => /\.(ts|tsx|mjs)$/.test(name) && !NOT_SOURCES.test(name))
    .map((name) => join(EMULATOR, name))
    .sort();
}

/** Every comment with a guess or a difference, as one line each. Consecutive lines of `//` are one comment. */
function notesOf(path: string): Note[] {
  const file = relative(ROOT, path).split(sep).join('/');
  const comments = readFileSync(path, 'utf8').match(/^[ \t]*\/\*[\s\S]*?\*\/|(?:^[ \t]*\/\/.*\n?)+/gm) ?? [];
  return comments
    .filter((comment) => /(Guess|Differs):/.test(comment))
    .map((comment) => ({ file, text: toText(comment) }));
}

function toText(comment: string): string {
  return comment
    .split('\n')
    .map((line) => line.replace(/^\s*(\/\*+|\*\/|\*|\/\/)/, '').replace(/\*\/\s*$/, ''))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** `emulator/studio/widgets/x.ts` is in `studio`. */
function roomOf({ file }: Note): string {
  const [, room = ''] = file.split('/');
  return room.includes('.') ? 'emulator' : room;
}

function toItem({ file, text }: Note): string {
  const shown = escape(text).replace(/\b(Guess|Differs):/g, '**$1:**');
  return `- ${shown} ([${file.split('/').slice(1).join('/')}](../${file}))`;
}

/** Escapes Markdown syntax outside of code. */
function escape(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[*_<[\]]/g, '\\$&')))
    .join('');
}
