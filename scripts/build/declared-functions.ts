/** Every Function, found in `src/functions`, with what its source declares. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DefinedFunction } from '../../src/assets/http/define-function.private';

const FOLDER = join(__dirname, '..', '..', 'src', 'functions');

export interface FunctionFile {
  /** For example `/start-chat`. */
  path: string;
  filePath: string;
  /** From the file name: `protected` ones are for Twilio's own calls. */
  visibility: 'public' | 'protected';
}

export const FUNCTIONS: readonly FunctionFile[] = functionsIn(FOLDER);

export function functionsIn(folder: string): FunctionFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((file) => ({
      path: `/${file.replaceAll('\\', '/').replace(/(\.protected)?\.ts$/, '')}`,
      filePath: join(folder, file),
      visibility: file.includes('.protected.') ? 'protected' : 'public',
    }));
}

/** What `defineFunction` was given, or undefined for a handler that something else made. */
export function declarationOf({ filePath }: FunctionFile): DefinedFunction | undefined {
  const { handler } = require(filePath) as { handler: DefinedFunction };
  return 'shape' in handler ? handler : undefined;
}

/** The comment at the top of a Function's file. */
export interface Contract {
  summary: string;
  description: string;
  /** Of a success, with what it means. */
  statuses: { status: 200 | 201; text: string }[];
  /** Error codes. */
  failures: string[];
}

/** Undefined for a Function of another kind, which the description leaves out: a GET, or one without such a comment. */
export function contractOf({ filePath }: FunctionFile): Contract | undefined {
  const [, comment = ''] = /\/\*\*\n([\s\S]*?) \*\//.exec(readFileSync(filePath, 'utf8')) ?? [];
  const text = comment.replace(/^ \* ?/gm, '');
  const parts = /^POST \S+: ([\s\S]*?)\n\nIn [\s\S]*?\nOut ([\s\S]*?)\nFails ([\s\S]*?)\n\n([\s\S]*)$/.exec(
    text,
  );
  if (!parts) return undefined;
  const [, head, out, fails, rest] = parts;
  const [summary, ...more] = oneLine(head!).split(/(?<=\.) /);
  return {
    summary: summary!.replace(/\.$/, ''),
    description: [
      more.join(' '),
      ...rest!
        .replace(/^@see .*$/gm, '')
        .split('\n\n')
        .map(oneLine),
    ]
      .filter(Boolean)
      .join('\n\n'),
    statuses: [...oneLine(out!).matchAll(/\b(20[01])\b ?(.*?)(?=,? or 20[01]|$)/g)].map(
      ([, status, meaning]) => ({
        status: Number(status) as 200 | 201,
        text: meaning!.replace(/^\{[^}]*\},? ?/, ''),
      }),
    ),
    failures: [...fails!.matchAll(/\b[a-z]+(?:_[a-z]+)+\b/g)].map(([code]) => code),
  };
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
