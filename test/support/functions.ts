/** Every Function, found in `src/functions`: a new one is served, attacked and looked for in the docs without a list. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { safeParse } from 'valibot';
import type { Access, DefinedFunction } from '../../src/assets/http/define-function.private';

const FOLDER = join(__dirname, '..', '..', 'src', 'functions');

export interface FunctionFile {
  /** For example `/start-chat`. */
  path: string;
  filePath: string;
  /** From the file name: `protected` Functions are for Twilio's calls. */
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

const pathsOf = (wanted: FunctionFile['visibility']): string[] =>
  FUNCTIONS.filter(({ visibility }) => visibility === wanted).map(({ path }) => path);

export const PUBLIC_PATHS: readonly string[] = pathsOf('public');
export const PROTECTED_PATHS: readonly string[] = pathsOf('protected');

/** The declaration of `defineFunction`, or undefined for any other handler. */
export function declarationOf(path: string): DefinedFunction | undefined {
  const { filePath } = FUNCTIONS.find((one) => one.path === path)!;
  const { handler } = require(filePath) as { handler: DefinedFunction };
  return 'shape' in handler ? handler : undefined;
}

export function pathsWithAccess(access: Access): string[] {
  return PUBLIC_PATHS.filter((path) => declarationOf(path)?.access === access);
}

export interface Parameter {
  name: string;
  isRequired: boolean;
}

export function parametersOf(path: string): Parameter[] {
  return Object.entries(declarationOf(path)?.shape ?? {}).map(([name, schema]) => ({
    name,
    isRequired: !safeParse(schema, undefined).success,
  }));
}

export const PARAMETER_NAMES: readonly string[] = [
  ...new Set(PUBLIC_PATHS.flatMap((path) => parametersOf(path).map(({ name }) => name))),
].sort();
