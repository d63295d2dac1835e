import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWidget, BUDGET_KIB, widgetSizesKib } from '../../scripts/build/widget';

describe('what the chat costs a visitor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'widget-'));

  beforeAll(() => buildWidget(folder), 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('stays within the budget, before and after they reach for it', async () => {
    const { launcher, chat } = await widgetSizesKib(folder);

    expect(launcher).toBeLessThanOrEqual(BUDGET_KIB.launcher);
    expect(chat).toBeLessThanOrEqual(BUDGET_KIB.chat);
    // An empty file would be within any budget.
    expect(launcher).toBeGreaterThan(1);
    expect(chat).toBeGreaterThan(50);
  });
});
