/** After the whole run: fails if the log contains personal data or secrets. */
import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { forbiddenIn } from './forbidden-words';
import { LOG_FILE_VARIABLE } from './functions-log';

export default function tearDown(): void {
  const file = process.env[LOG_FILE_VARIABLE]!;
  const found = forbiddenIn(readFileSync(file, 'utf8'));
  rmSync(dirname(file), { recursive: true });
  if (found.length > 0) throw new Error(`The log of this run contains\n${found.slice(0, 20).join('\n')}`);
}
