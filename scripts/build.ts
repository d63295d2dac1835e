/** Makes `dist`, exactly what Twilio deploys: the compiled Functions and assets, and the widget as public assets. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFingerprint } from '../infra/project';
import { buildWidget } from '../widget/build';

const root = join(__dirname, '..');

/** Tests build into folders of their own, so that none pulls the files from under another. */
export async function build(dist = join(root, 'dist')): Promise<void> {
  // What an earlier build left would be deployed too.
  rmSync(dist, { recursive: true, force: true });
  const tsc = require.resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', dist], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await buildWidget(join(dist, 'assets'));
  writeFingerprint(dist);
}

if (process.argv[1] === __filename) {
  build().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
