/** docs/emulator-operations.md: its expected and its actual content. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as markdown from 'prettier/plugins/markdown';
// Not 'prettier' itself: it loads its parts with import(), which Jest does not support.
import { format } from 'prettier/standalone';
import { Emulator } from '../../../emulator/emulator';
import { Specification } from '../specification/specification';
import { coverageOf, toMarkdown } from './served';

const ROOT = join(__dirname, '..', '..', '..');
const FILE = join(ROOT, 'docs', 'emulator-operations.md');

export function readDocument(): string {
  return readFileSync(FILE, 'utf8');
}

export async function generateDocument(): Promise<string> {
  const emulator = await Emulator.start({ port: 0 });
  const table = toMarkdown(coverageOf(new Specification(), await emulator.world.http.routes()));
  await emulator.stop();
  const style = JSON.parse(readFileSync(join(ROOT, '.prettierrc.json'), 'utf8')) as object;
  return format(table, { ...style, parser: 'markdown', plugins: [markdown] });
}

export async function writeDocument(): Promise<void> {
  writeFileSync(FILE, await generateDocument());
}
