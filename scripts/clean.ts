/** Removes the output of builds and runs. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';

for (const folder of ['dist', 'build', 'coverage']) {
  rmSync(join(__dirname, '..', folder), { recursive: true, force: true });
}
