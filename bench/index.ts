/** `npm run bench -- <name>`: the measurements in README. Without a name, it runs all of them in sequence. */
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

async function main([name, ...args]: string[]): Promise<void> {
  const chosen = name === undefined ? Object.values(BENCHES) : [BENCHES[name]];
  for (const bench of chosen) {
    if (!bench) throw new Error(`Unknown bench ${name}. Available: ${Object.keys(BENCHES).join(', ')}`);
    await bench(args);
  }
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
