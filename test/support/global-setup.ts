/** Before the whole run: sets where its log is collected. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LOG_FILE_VARIABLE } from './functions-log';

export default function setUp(): void {
  const file = join(mkdtempSync(join(tmpdir(), 'functions-log-')), 'log');
  writeFileSync(file, '');
  process.env[LOG_FILE_VARIABLE] = file;
}
