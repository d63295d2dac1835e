/** Builds that run at the same time, in one folder and in another one with the same packages. */
import { readFileSync } from 'node:fs';
import { Project } from '../../infra/project';
import { ProjectCopy } from '../support/project-copy';
import { runNode, type Outcome } from '../support/toolkit';

const PROGRAM = `
import { buildIfNeeded } from './scripts/build-if-needed';
void buildIfNeeded(console.log);
`;
const copies = [new ProjectCopy(), new ProjectCopy()] as const;
for (const copy of copies) copy.write('prepare.ts', PROGRAM);
afterAll(() => copies.forEach((copy) => copy.remove()));

const buildIfNeeded = (copy: ProjectCopy): Promise<Outcome> =>
  runNode(['scripts/run.mjs', 'prepare.ts'], copy.folder, {});

it('two builds of one folder succeed, and a build of another one does not make theirs outdated', async () => {
  const [here, elsewhere] = copies;
  elsewhere.change('package.json', '"version": "0.1.0"', '"version": "0.1.1"');

  const built = await Promise.all([here, here].map(buildIfNeeded));
  built.push(await buildIfNeeded(elsewhere));
  const again = await buildIfNeeded(here);

  for (const { code, output } of built)
    expect([code, output]).toEqual([0, expect.stringContaining('Built in')]);
  expect(again).toEqual({ code: 0, output: '' });
  const record = readFileSync(here.path('dist/assets/build.json'), 'utf8');
  expect(JSON.parse(record)).toEqual({ fingerprint: new Project(here.folder).fingerprint() });
});
