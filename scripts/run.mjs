// `node scripts/run.mjs <script.ts> [arguments]`: runs a TypeScript program of this project, also on a fresh clone. Its
// child processes end with it, and it ends with npm, however npm ends (lifetime.cjs).
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ensureInstalled, root } from './ensure-installed.mjs';

ensureInstalled();
const lifetime = join(root, 'scripts', 'lifetime.cjs');
// In quotes for paths with spaces; a backslash would be an escape there.
const option = `--require "${lifetime.replaceAll('\\', '/')}"`;
const inherited = process.env.NODE_OPTIONS ?? '';
if (!inherited.includes(option)) process.env.NODE_OPTIONS = `${inherited} ${option}`.trim();
const require = createRequire(import.meta.url);
require(lifetime);
require('tsx/cjs/api').register();
const script = join(root, process.argv[2]);
// A program with many packages has a package-lock.json of its own (test/contract); they are installed when it runs.
if (existsSync(join(dirname(script), 'package-lock.json'))) ensureInstalled(dirname(script));
process.argv.splice(1, 2, script);
require(script);
