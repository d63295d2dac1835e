/**
 * `npm run bench -- simulate [--starts N] [--seed N]`: simulates starts under distributions of delays, with three rules
 * for slow calls, in virtual time. The choice of the rule is based on this; `faults` measures the chosen one.
 */
import { parseArgs } from 'node:util';
import { Pace } from '../src/assets/twilio/pace.private';
import { DELAYS, ModelTwilio, type Delays } from './simulation/model';
import { POLICIES, type Policy } from './simulation/policies';
import { seededRandom, VirtualClock } from './simulation/virtual-clock';

interface Outcome {
  ok: number;
  doubled: number;
  calls: number;
  p99Ms: number;
}

export async function benchSimulation(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { starts: { type: 'string', default: '500' }, seed: { type: 'string', default: '1' } },
  });
  const starts = Number(values.starts);
  console.log(
    `Of ${starts} starts with a first message, in virtual time: successes, doubled Flow or message, calls, p99`,
  );
  for (const [name, delays] of Object.entries(DELAYS)) {
    console.log(name);
    for (const [rule, policy] of Object.entries(POLICIES)) {
      const { ok, doubled, calls, p99Ms } = await simulate(policy, delays, starts, Number(values.seed));
      const figures = [ok, doubled, (calls / starts).toFixed(2), `${(p99Ms / 1000).toFixed(1)} s`];
      console.log(`  ${rule.padEnd(28)}${figures.map((figure) => String(figure).padStart(8)).join('')}`);
    }
  }
}

/** Sequential starts, as in one process, so that it learns Twilio's response time. */
async function simulate(policy: Policy, delays: Delays, starts: number, seed: number): Promise<Outcome> {
  const random = seededRandom(seed);
  const pace = new Pace();
  const outcome: Outcome = { ok: 0, doubled: 0, calls: 0, p99Ms: 0 };
  const durationsMs: number[] = [];
  for (let start = 0; start < starts; start++) {
    const clock = new VirtualClock(random);
    const twilio = new ModelTwilio(clock, delays);
    const isOk = await clock.run(
      policy(clock, twilio, pace).then((told) => {
        durationsMs.push(clock.nowMs());
        return told;
      }),
    );
    if (isOk) outcome.ok += 1;
    if ((twilio.current?.messages ?? 0) > 1 || twilio.flowStarts > 1 || (twilio.current?.webhooks ?? 0) > 1)
      outcome.doubled += 1;
    outcome.calls += twilio.calls;
  }
  durationsMs.sort((a, b) => a - b);
  outcome.p99Ms = durationsMs[Math.floor(starts * 0.99)] ?? 0;
  return outcome;
}
