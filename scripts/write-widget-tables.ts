/** `node scripts/run.mjs scripts/write-widget-tables.ts`: brings the tables of docs/widget.md up to date. */
import { writeFileSync } from 'node:fs';
import { generateManual, WIDGET_MANUAL } from './widget-tables';

void generateManual().then((page) => writeFileSync(WIDGET_MANUAL, page));
