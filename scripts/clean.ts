/** Removes what builds and runs have made. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';

for (const folder of ['dist', 'build', 'coverage']) {
  rmSync(join(__dirname, '..', folder), { recursive: true, force: true });
}
