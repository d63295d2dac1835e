import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';
import { createControls } from '../../emulator/controls/controls';
import { routesOf } from '../../emulator/core/routes';
import * as emulatorPackage from '../../emulator/index';
import * as twilioEntry from '../../emulator/package/twilio';
import { generateGuesses, GUESSES_FILE } from '../../scripts/guesses';
import { startEmulator } from '../support/emulator';

const PAGE = join(__dirname, '..', '..', 'docs', 'emulator.md');

/** The package's entries, from their sources. `test/e2e/package.test.ts` has the package itself. */
const PACKAGE: Record<string, unknown> = {
  'flex-chat-emulator': emulatorPackage,
  'flex-chat-emulator/twilio': twilioEntry,
};

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
    // Jest compiles TypeScript for its own imports only.
    const load = (name: string): unknown => PACKAGE[name] ?? requireFromDocs(name);
    const exported: { aMessageReachesTheAgents?: () => Promise<void> } = {};
    new Function('require', 'exports', outputText)(load, exported);

    await exported.aMessageReachesTheAgents!();
  });

  it('names every existing control, and no others', async () => {
    const emulator = await startEmulator();
    const controls = createControls(emulator);
    const there = [...routesOf(controls), ...(await emulator.world.http.routes())]
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
