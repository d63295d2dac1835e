/** `npm run bench -- faults` in small: the same starts under the same faults, with a fixed seed. */
import { FAULT_ROWS } from '../../bench/faults/kinds';
import { naiveRecipe, ourRecipe } from '../../bench/faults/recipes';
import { runRow, type RowOptions } from '../../bench/faults/run';
import { useFunctions } from '../support/functions-world';

const SEED = 7;
const CROWD = 20;
const FLAWLESS = {
  orphans: 0,
  split: 0,
  duplicateWebhooks: 0,
  duplicateMessages: 0,
  lost: 0,
};
/** The others have separate tests (resilience.test.ts) and rows in the bench. */
const QUICK_ROWS = FAULT_ROWS.filter(({ isSlow }) => !isSlow);

describe('chats started under faults', () => {
  const world = useFunctions({ STUDIO_FLOW_SID: `FW${'f'.repeat(32)}` });
  const ours = () => ourRecipe(world.functions, { withMessage: true });
  const issueToken = async () => (await world.aVisitor()).token;
  const run = (row: (typeof FAULT_ROWS)[number], options: Partial<RowOptions> = {}) =>
    runRow(world.emulator, ours(), row, { starts: 20, seed: SEED, startsPerVisitor: 1, ...options });

  it.each(QUICK_ROWS.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
    const result = await run(row);

    expect(result).toMatchObject({ answeredOk: 20, answeredError: 0, ...FLAWLESS });
    expect(result.slowestMs).toBeLessThan(8000);
  });

  it.each(QUICK_ROWS.map((row) => [row.name, row] as const))('%s, twenty at once', async (_name, row) => {
    const result = await run(row, { starts: CROWD, startsPerVisitor: CROWD, issueToken });

    expect(result).toMatchObject({ answeredOk: CROWD, answeredError: 0, ...FLAWLESS });
  });

  it('make no extra calls without faults', async () => {
    expect((await run(FAULT_ROWS[0]!)).calls).toBe(20 * 4);
  });

  it('show what the plain calls of the guide lose, which proves that the count works', async () => {
    const lostAnswers = FAULT_ROWS.find(({ name }) => name.includes('reset after'))!;

    const result = await runRow(world.emulator, naiveRecipe(world.emulator), lostAnswers, {
      starts: 30,
      seed: SEED,
      startsPerVisitor: 1,
    });

    expect(result.answeredError).toBeGreaterThan(0);
    expect(result.orphans).toBeGreaterThan(0);
  });
});
