/** `node scripts/run.mjs scripts/write-env-example.ts`, after a change in the table of settings. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { envExample } from './env-example';

writeFileSync(join(__dirname, '..', '.env.example'), envExample());
