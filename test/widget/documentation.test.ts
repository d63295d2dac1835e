import { readFileSync } from 'node:fs';
import { generateManual, WIDGET_MANUAL } from '../../scripts/widget-tables';

it('the tables of docs/widget.md are up to date (node scripts/run.mjs scripts/write-widget-tables.ts)', async () => {
  expect(readFileSync(WIDGET_MANUAL, 'utf8')).toBe(await generateManual());
});
