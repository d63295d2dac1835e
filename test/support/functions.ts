/** Every Function, found in `src/functions`: a new one is served, attacked and looked for in the docs without a list. */
import { safeParse } from 'valibot';
import {
  declarationOf as declared,
  FUNCTIONS,
  type FunctionFile,
} from '../../scripts/build/declared-functions';
import type { Access, DefinedFunction } from '../../src/assets/http/define-function.private';
import { DESCRIBED, EXAMPLE_FUNCTIONS } from './example-functions';

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
