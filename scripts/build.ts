/** Makes `dist`, exactly what Twilio deploys: the compiled Functions and assets, and the widget as public assets. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildWidget } from '../widget/build';

const root = join(__dirname, '..');
const dist = join(root, 'dist');

export async function build(): Promise<void> {
  // What an earlier build left would be deployed too.
  rmSync(dist, { recursive: true, force: true });
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await buildWidget(join(dist, 'assets'));
}

if (process.argv[1] === __filename) {
  build().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
