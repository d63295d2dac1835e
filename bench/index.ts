/** `npm run bench -- <name>`: the measurements that README quotes. Without a name, all of them, one after the other. */
import { Remedy, runCommand, type CommandOptions } from '../infra/terminal';
import { benchCold } from './cold';
import { benchFaults } from './faults';
import { benchRealtime } from './realtime';
import { benchRest } from './rest';
import { benchSimulation } from './simulation';

const BENCHES: Record<string, (args: string[]) => Promise<void>> = {
  cold: benchCold,
  faults: benchFaults,
  realtime: benchRealtime,
  rest: benchRest,
  simulate: benchSimulation,
};

async function main({ args: [name, ...args] = [] }: CommandOptions): Promise<void> {
  const chosen = name === undefined ? Object.values(BENCHES) : [BENCHES[name]];
  for (const bench of chosen) {
    if (!bench) {
      throw new Remedy(`There is no bench ${name}.`, `Take one of ${Object.keys(BENCHES).join(', ')}.`);
    }
    await bench(args);
  }
}

runCommand(main, {
  command: 'npm run bench',
  does: `The measurements that README quotes: all, or one of ${Object.keys(BENCHES).join(', ')}. Each has options of its own.`,
  positional: 'NAME',
  forwardsArguments: true,
});
