// `node scripts/run.mjs <script.ts> [arguments]`: runs one of our TypeScript programs, on a fresh clone too.
// One process from npm down to the program, so that a signal to npm reaches it and nothing is left behind.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ensureInstalled, root } from './ensure-installed.mjs';

ensureInstalled();
const require = createRequire(import.meta.url);
require('tsx/cjs/api').register();
const script = join(root, process.argv[2]);
// A program with packages of its own, apart because they are many (test/contract), has them installed when it is run.
if (existsSync(join(dirname(script), 'package-lock.json'))) ensureInstalled(dirname(script));
process.argv.splice(1, 2, script);
require(script);
