/** The Functions of the examples that are copied into `src/functions`. Only Jest can load them where they are. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FUNCTIONS, functionsIn, type FunctionFile } from '../../scripts/build/declared-functions';

const EXAMPLES = join(__dirname, '..', '..', 'examples');

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
