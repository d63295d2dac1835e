/**
 * Makes `dist`: in `functions` and `assets` exactly what Twilio deploys, the widget and the description of the Functions
 * among it as public assets; in `client` the chat without a view, as a package. By hand also docs/openapi.json.
 */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeFingerprint } from '../infra/project';
import { runCommand, type CommandOptions } from '../infra/terminal';
import { buildClient } from './build/client';
import { compileSrc } from './build/compile-src';
import { openApiText } from './build/openapi/document';
import { buildWidget, BUDGET_KIB, widgetSizesKib } from './build/widget';

const root = join(__dirname, '..');
export const OPENAPI_FILE = join(root, 'docs', 'openapi.json');

/**
 * Tests build into folders of their own, so that none pulls the files from under another.
 * @param begin receives the name of each step before it runs
 */
export async function build(
  dist = join(root, 'dist'),
  begin: (what: string) => void = () => undefined,
): Promise<void> {
  const workshop = join(dirname(dist), 'build');
  mkdirSync(workshop, { recursive: true });
  const fresh = mkdtempSync(join(workshop, 'dist-'));
  try {
    begin('Functions');
    compileSrc(fresh);
    begin('widget');
    await buildWidget(join(fresh, 'assets'));
    begin('client package');
    await buildClient(join(fresh, 'client'));
    writeFileSync(join(fresh, 'assets', 'openapi.json'), await openApiText());
    writeFingerprint(fresh);
    replace(dist, fresh);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/**
 * The earlier build makes way as a whole, because what it left would be deployed too. Two renames follow each other, so a
 * server of `dist` misses its files for an instant only. If another process builds at the same time, the last build stays.
 */
function replace(dist: string, fresh: string): void {
  const former = `${fresh}-former`;
  for (;;) {
    try {
      renameSync(dist, former);
    } catch (error) {
      if (!isCode(error, 'ENOENT')) throw error;
    }
    try {
      return renameSync(fresh, dist);
    } catch (error) {
      if (!isCode(error, 'ENOTEMPTY') && !isCode(error, 'EEXIST')) throw error;
    } finally {
      rmSync(former, { recursive: true, force: true });
    }
  }
}

function isCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code;
}

async function buildAndMeasure({ print }: CommandOptions): Promise<void> {
  await build(undefined, (what) => print(`Building the ${what} …`));
  await printSizes();
  await writeDescription();
}

/** The folder is missing where only what a deploy needs was copied. */
async function writeDescription(): Promise<void> {
  mkdirSync(dirname(OPENAPI_FILE), { recursive: true });
  writeFileSync(OPENAPI_FILE, await openApiText());
}

async function printSizes(): Promise<void> {
  const { launcher, chat } = await widgetSizesKib(join(root, 'dist', 'assets'));
  console.log(`Widget (brotli)  launcher ${launcher.toFixed(1)} of ${BUDGET_KIB.launcher} KiB`);
  console.log(`                 with panel, SDK and a language ${chat.toFixed(1)} of ${BUDGET_KIB.chat} KiB`);
}

if (process.argv[1] === __filename) {
  runCommand(buildAndMeasure, {
    command: 'npm run build',
    does: 'Makes dist: what Twilio deploys, and the client package. Prints how large the widget is.',
  });
}
