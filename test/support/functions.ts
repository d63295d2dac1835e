/** Every Function, found in `src/functions`: a new one is served, attacked and looked for in the docs without a list. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { safeParse } from 'valibot';
import {
  declarationOf as declared,
  FUNCTIONS,
  functionsIn,
  type FunctionFile,
} from '../../scripts/build/declared-functions';
import type { Access, DefinedFunction } from '../../src/assets/http/define-function.private';

const pathsOf = (wanted: FunctionFile['visibility']): string[] =>
  FUNCTIONS.filter(({ visibility }) => visibility === wanted).map(({ path }) => path);

export const PUBLIC_PATHS: readonly string[] = pathsOf('public');
export const PROTECTED_PATHS: readonly string[] = pathsOf('protected');

const EXAMPLES = join(__dirname, '..', '..', 'examples');

/** Those of the examples that are copied into `src/functions`. They are served and attacked like the others. */
export const EXAMPLE_FUNCTIONS: readonly FunctionFile[] = readdirSync(EXAMPLES)
  .map((name) => join(EXAMPLES, name, 'functions'))
  .filter((folder) => existsSync(folder))
  .flatMap(functionsIn);

const SERVED = [...FUNCTIONS, ...EXAMPLE_FUNCTIONS];

/** Of all that `defineFunction` makes. */
export const ATTACKED_PATHS: readonly string[] = SERVED.filter((file) => declared(file)).map(
  ({ path }) => path,
);

export function declarationOf(path: string): DefinedFunction | undefined {
  return declared(SERVED.find((one) => one.path === path)!);
}

export function pathsWithAccess(access: Access): string[] {
  return ATTACKED_PATHS.filter((path) => declarationOf(path)?.access === access);
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
  ...new Set(ATTACKED_PATHS.flatMap((path) => parametersOf(path).map(({ name }) => name))),
].sort();
