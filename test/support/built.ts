/** The files of `npm run build`. `npm test` builds once for all tests; a test file that is run by hand builds for itself. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../../scripts/build';
import { buildWidget, PUBLIC_FILES } from '../../scripts/build/widget';

const built = process.env['BUILT_DIST'];

export async function placeBuild(dist: string): Promise<void> {
  if (built) cpSync(built, dist, { recursive: true });
  else await build(dist);
}

/** Only the widget's files. `assets`: where a deploy takes them from. */
export async function placeWidget(assets: string): Promise<void> {
  if (!built) return buildWidget(assets);
  for (const file of PUBLIC_FILES) cpSync(join(built, 'assets', file), join(assets, file));
}
