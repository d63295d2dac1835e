/** Every Function, found in `src/functions`, with what its source declares. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DefinedFunction } from '../../src/assets/http/define-function.private';

const FOLDER = join(__dirname, '..', '..', 'src', 'functions');

export interface FunctionFile {
  /** For example `/start-chat`. */
  path: string;
  filePath: string;
  /** As the file name says: `protected` ones are for Twilio's own calls. */
  visibility: 'public' | 'protected';
}

export const FUNCTIONS: readonly FunctionFile[] = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .sort()
  .map((file) => ({
    path: `/${file.replaceAll('\\', '/').replace(/(\.protected)?\.ts$/, '')}`,
    filePath: join(FOLDER, file),
    visibility: file.includes('.protected.') ? 'protected' : 'public',
  }));

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

export function contractOf({ filePath }: FunctionFile): Contract {
  const [, comment] = /\/\*\*\n([\s\S]*?) \*\//.exec(readFileSync(filePath, 'utf8'))!;
  const text = comment!.replace(/^ \* ?/gm, '');
  const [, head, out, fails, rest] =
    /^POST \S+: ([\s\S]*?)\n\nIn [\s\S]*?\nOut ([\s\S]*?)\nFails ([\s\S]*?)\n\n([\s\S]*)$/.exec(text)!;
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
