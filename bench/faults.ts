/**
 * `npm run bench -- faults [--starts N] [--seed N] [--only PATTERN]`: starts chats while Twilio fails, with this
 * project and with the guide's calls, and counts the results. Everything except Twilio is real: HTTP, the Functions,
 * twilio-node.
 */
import { parseArgs } from 'node:util';
import '../test/support/runtime';
import { Emulator } from '../emulator/emulator';
import { emulatorSettings, post, startFunctions } from '../test/support/functions-server';
import { FAULT_ROWS } from './faults/kinds';
import { naiveRecipe, ourRecipe, stepRecipe, type Recipe } from './faults/recipes';
import { runRow, type RowOptions } from './faults/run';
import { callsPerStart, toMarkdown, type Row } from './faults/table';

/** Simultaneous starts of one visitor: a few tabs, and a page with a bug. */
const CROWDS = [6, 20];
/** Enough for a result; a hanging call takes the plain recipe ten seconds. */
const MAX_NAIVE_STARTS = 200;

export async function benchFaults(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      starts: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
    },
  });
  const starts = Number(values.starts);
  const seed = Number(values.seed);
  const only = new RegExp(values.only);
  const emulator = await Emulator.start({ port: 0 });
  // A Flow that does not exist: Studio and Flex are not measured.
  const env = { ...emulatorSettings(emulator), STUDIO_FLOW_SID: `FW${'f'.repeat(32)}` };
  const functions = await startFunctions({ env });
  const issueToken = async () => (await post<{ token: string }>(functions, '/token', {})).body.token;
  const start = ourRecipe(functions, { withMessage: false });
  const startAndSend = ourRecipe(functions, { withMessage: true });
  const ways: { recipe: Recipe; shown: string; options: RowOptions }[] = [
    way(naiveRecipe(emulator), Math.min(starts, MAX_NAIVE_STARTS)),
    way(start, starts),
    way(startAndSend, starts),
    ...CROWDS.map((crowd) => ({
      recipe: startAndSend,
      shown: `${Math.floor(starts / crowd)} x ${crowd} at once`,
      options: { starts: Math.floor(starts / crowd) * crowd, seed, startsPerVisitor: crowd, issueToken },
    })),
    way(stepRecipe(functions, '/add-webhook'), starts),
    way(stepRecipe(functions, '/send-message'), starts),
  ];
  const rows: Row[] = [];
  const neededCalls = new Map<object, number>();
  for (const fault of FAULT_ROWS) {
    if (fault.name !== 'none' && !only.test(fault.name)) continue;
    for (const { recipe, shown, options } of ways) {
      const result = await runRow(emulator, recipe, fault, options);
      if (fault.name === 'none') neededCalls.set(options, callsPerStart(result));
      rows.push({
        ...result,
        fault: fault.name,
        recipe: recipe.name,
        starts: shown,
        neededCalls: neededCalls.get(options)!,
      });
      process.stderr.write(`${fault.name}, ${recipe.name}, ${shown}: ${JSON.stringify(result)}\n`);
    }
  }
  await functions.stop();
  await emulator.stop();
  console.log(toMarkdown(rows));

  function way(recipe: Recipe, count: number) {
    return { recipe, shown: `${count}`, options: { starts: count, seed, startsPerVisitor: 1 } };
  }
}
