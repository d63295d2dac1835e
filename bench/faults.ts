/**
 * `npm run bench -- faults [--starts N] [--seed N] [--only TEXT]`: chats started while Twilio fails, ours and as the
 * guide shows it, and what became of them. Everything but Twilio is real: HTTP, the Functions, twilio-node.
 */
import { parseArgs } from 'node:util';
import '../test/support/runtime';
import { Emulator } from '../emulator/emulator';
import { emulatorSettings, post, startFunctions } from '../test/support/functions-server';
import { faultRows } from './faults/kinds';
import { naiveRecipe, ourRecipe, type Recipe } from './faults/recipes';
import { runRow, type RowOptions } from './faults/run';
import { toMarkdown, type Row } from './faults/table';

const CROWD = 20;

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
  const emulator = await Emulator.start({ port: 0 });
  const functions = await startFunctions({ env: emulatorSettings(emulator) });
  const issueToken = async () => (await post<{ token: string }>(functions, '/token', {})).body.token;
  const alone = { starts, startsPerVisitor: 1 };
  const start = ourRecipe(functions, { withMessage: false });
  const startAndSend = ourRecipe(functions, { withMessage: true });
  const ways: { recipe: Recipe; shown: string; options: RowOptions }[] = [
    { recipe: naiveRecipe(emulator), shown: `${starts}`, options: alone },
    { recipe: start, shown: `${starts}`, options: alone },
    { recipe: startAndSend, shown: `${starts}`, options: alone },
    {
      recipe: startAndSend,
      shown: `${starts / CROWD} x ${CROWD} at once`,
      options: { starts, startsPerVisitor: CROWD, issueToken },
    },
  ];
  const rows: Row[] = [];
  const needed = new Map<object, number>();
  for (const fault of faultRows(Number(values.seed))) {
    if (fault.faults.length > 0 && !fault.name.includes(values.only)) continue;
    for (const way of ways) {
      const result = await runRow(emulator, way.recipe, fault, way.options);
      if (fault.faults.length === 0) needed.set(way, result.callsPerStart);
      const neededCalls = needed.get(way)!;
      rows.push({ ...result, fault: fault.name, recipe: way.recipe.name, starts: way.shown, neededCalls });
      process.stderr.write(`${fault.name}, ${way.recipe.name}, ${way.shown}: ${JSON.stringify(result)}\n`);
    }
  }
  await functions.stop();
  await emulator.stop();
  console.log(toMarkdown(rows));
}
