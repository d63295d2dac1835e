/** Builds `dist` unless it is up to date with the sources. A deploy always builds. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Project } from '../infra/project';
import type { Print } from '../infra/terminal';
import { build } from './build';

const ROOT = join(__dirname, '..');
/** The inputs of a build. */
const INPUTS = [
  ...['src', 'widget', 'scripts/build', 'scripts/build.ts', 'infra/project.ts'],
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.client.json'],
];
/** Not in node_modules, which copies of the project may share. */
const CACHE = join(ROOT, 'build', 'last.json');

interface Built {
  inputs: string;
  /** Of the build: `dist` may have been changed or removed since. */
  fingerprint: string | undefined;
}

export async function buildIfNeeded(print: Print): Promise<void> {
  const inputs = hashOf(INPUTS);
  const project = new Project(ROOT);
  const last = readCache();
  if (
    last?.inputs === inputs &&
    last.fingerprint !== undefined &&
    last.fingerprint === project.fingerprint()
  ) {
    return;
  }
  const began = Date.now();
  await build(undefined, (what) => print(`Building the ${what} …`));
  print(`Built in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  const built: Built = { inputs, fingerprint: project.fingerprint() };
  mkdirSync(dirname(CACHE), { recursive: true });
  writeFileSync(CACHE, JSON.stringify(built));
}

function hashOf(inputs: string[]): string {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap(filesOf)) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

function filesOf(input: string): string[] {
  const found = statSync(join(ROOT, input), { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found ? [input] : [];
  const entries = readdirSync(join(ROOT, input), { recursive: true, encoding: 'utf8' }).sort();
  return entries.map((entry) => join(input, entry)).filter((file) => statSync(join(ROOT, file)).isFile());
}

function readCache(): Built | undefined {
  try {
    return JSON.parse(readFileSync(CACHE, 'utf8')) as Built;
  } catch {
    return undefined;
  }
}
