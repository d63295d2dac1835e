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

const EXAMPLES = join(__dirname, '..', '..', 'examples');

/** Of the examples that are copied into `src/functions`. */
const TO_COPY = readdirSync(EXAMPLES)
  .map((name) => join(EXAMPLES, name, 'functions'))
  .filter((folder) => existsSync(folder))
  .flatMap(functionsIn);
const hasPathOf = (files: readonly FunctionFile[]) => (one: FunctionFile) =>
  files.some(({ path }) => path === one.path);

/** Those that README and docs/http-api.md describe. A copy of an example is described by the README of the example. */
export const DESCRIBED = FUNCTIONS.filter((file) => !hasPathOf(TO_COPY)(file));

/** Those of the examples that are not in `src/functions` yet. They are served and attacked like the others. */
export const EXAMPLE_FUNCTIONS = TO_COPY.filter((file) => !hasPathOf(FUNCTIONS)(file));

const SERVED = [...FUNCTIONS, ...EXAMPLE_FUNCTIONS];

const pathsOf = (wanted: FunctionFile['visibility']): string[] =>
  DESCRIBED.filter(({ visibility }) => visibility === wanted).map(({ path }) => path);

export const PUBLIC_PATHS: readonly string[] = pathsOf('public');
export const PROTECTED_PATHS: readonly string[] = pathsOf('protected');

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
