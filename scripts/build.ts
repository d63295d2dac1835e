/**
 * Makes `dist`: in `functions` and `assets` exactly what Twilio deploys, the widget and the description of the Functions
 * among it as public assets; in `client` the chat without a view, as a package. By hand also docs/openapi.json.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
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
  // What an earlier build left would be deployed too.
  rmSync(dist, { recursive: true, force: true });
  begin('Functions');
  compileSrc(dist);
  begin('widget');
  await buildWidget(join(dist, 'assets'));
  begin('client package');
  await buildClient(join(dist, 'client'));
  writeFileSync(join(dist, 'assets', 'openapi.json'), await openApiText());
  writeFingerprint(dist);
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
