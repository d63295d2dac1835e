/**
 * Builds `dist`: `functions` and `assets` contain exactly what Twilio deploys, including the widget as public assets;
 * `client` contains the chat without a view, as a package.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFingerprint } from '../infra/project';
import { buildClient } from './build/client';
import { compileSrc } from './build/compile-src';
import { buildWidget, BUDGET_KIB, widgetSizesKib } from './build/widget';

const root = join(__dirname, '..');

/** Tests build into separate folders, so that no test removes the files of another. */
export async function build(dist = join(root, 'dist')): Promise<void> {
  // Files of an earlier build would be deployed, too.
  rmSync(dist, { recursive: true, force: true });
  compileSrc(dist);
  await buildWidget(join(dist, 'assets'));
  await buildClient(join(dist, 'client'));
  writeFingerprint(dist);
}

async function printSizes(): Promise<void> {
  const { launcher, chat } = await widgetSizesKib(join(root, 'dist', 'assets'));
  console.log(`Widget (brotli)  launcher ${launcher.toFixed(1)} of ${BUDGET_KIB.launcher} KiB`);
  console.log(`                 with panel, SDK and a language ${chat.toFixed(1)} of ${BUDGET_KIB.chat} KiB`);
}

if (process.argv[1] === __filename) {
  build()
    .then(() => printSizes())
    .catch((error: Error) => {
      console.error(error.message);
      process.exitCode = 1;
    });
}
