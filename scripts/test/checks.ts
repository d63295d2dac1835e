/** What `npm test` checks without running anything of this project. */
import { join } from 'node:path';
import type { NodeProgram } from './jest';

/** Cached results for unchanged files. */
const cache = (name: string): string => join('node_modules', '.cache', 'flex-custom-chat', name);

const types = (name: string, ...args: string[]): NodeProgram => ({
  name,
  module: 'typescript/bin/tsc',
  args: ['--noEmit', '--incremental', '--tsBuildInfoFile', cache(`${name}.json`), ...args],
});
const cached = (name: string): string[] => [
  '--cache',
  '--cache-strategy',
  'content',
  '--cache-location',
  cache(name),
];

export const STATIC_CHECKS: NodeProgram[] = [
  types('types'),
  types('types in the browser', '-p', 'tsconfig.browser.json'),
  { name: 'lint', module: 'eslint/bin/eslint.js', args: [...cached('lint'), '.'] },
  {
    name: 'words',
    module: 'textlint/bin/textlint.js',
    args: ['*.md', 'docs/**/*.md', '.github/**/*.md'],
  },
  { name: 'circles', module: 'dependency-cruiser/bin/dependency-cruise.mjs', args: ['.'] },
  { name: 'unused files, exports and dependencies', module: 'knip/bin/knip.js', args: [] },
  {
    name: 'format',
    module: 'prettier/bin/prettier.cjs',
    args: ['--check', '--log-level', 'warn', ...cached('format'), '.'],
  },
];
