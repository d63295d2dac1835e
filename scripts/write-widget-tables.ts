/** `node scripts/run.mjs scripts/write-widget-tables.ts`: updates the tables of docs/widget.md. */
import { writeFileSync } from 'node:fs';
import { generateManual, WIDGET_MANUAL } from './widget-tables';

void generateManual().then((page) => writeFileSync(WIDGET_MANUAL, page));
