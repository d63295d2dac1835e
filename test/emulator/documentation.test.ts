import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';
import { createControls } from '../../emulator/controls/controls';
import { routesOf } from '../../emulator/core/routes';
import * as emulatorModule from '../../emulator/emulator';
import { generateGuesses, GUESSES_FILE } from '../../scripts/guesses';
import { startEmulator } from '../support/emulator';

const PAGE = join(__dirname, '..', '..', 'docs', 'emulator.md');

describe('docs/emulator.md', () => {
  const page = readFileSync(PAGE, 'utf8');

  it('has a program that runs unchanged', async () => {
    const [, program = ''] = /```ts\n([\s\S]*?)```/.exec(page)!;
    const { outputText } = ts.transpileModule(program, {
      compilerOptions: {
        module: ts.ModuleKind.CommonJS,
        target: ts.ScriptTarget.ES2022,
        esModuleInterop: true,
      },
    });
    const requireFromDocs = createRequire(PAGE);
    // Jest compiles TypeScript only for its own imports.
    const load = (name: string): unknown =>
      name === '../emulator/emulator' ? emulatorModule : requireFromDocs(name);
    const exported: { aMessageReachesTheAgents?: () => Promise<void> } = {};
    new Function('require', 'exports', outputText)(load, exported);

    await exported.aMessageReachesTheAgents!();
  });

  it('names every existing control, and no others', async () => {
    const emulator = await startEmulator();
    const controls = createControls(emulator);
    const there = [...routesOf(controls), ...routesOf(emulator.world.http)]
      .filter(({ url }) => url.startsWith('/emulator/') && !url.startsWith('/emulator/desk/'))
      .map(({ method, url }) => `${method} ${url}`);
    await controls.close();
    await emulator.stop();

    const named = [...page.matchAll(/^\| `([A-Z]+ \/emulator\/\S+)`/gm)].map(([, control]) => control);
    expect(named.sort()).toEqual(there.sort());
  });
});

it('docs/emulator-guesses.md is up to date (node scripts/run.mjs scripts/write-guesses.ts)', async () => {
  expect(readFileSync(GUESSES_FILE, 'utf8')).toBe(await generateGuesses());
});
