import fc from 'fast-check';
import { factory, type Configuration } from '../../../widget/transport/state-machine';

const original = require('javascript-state-machine') as {
  factory: typeof factory;
};

type Machine = Record<string, (...args: unknown[]) => void> & { state: string; is(state: string): boolean };

/** States and transitions have different names, as in the SDK: `on<Name>` is called for both. */
const states = fc.constantFrom('idle', 'busy', 'rejected', 'waitClosed');
const names = fc.constantFrom('connect', 'socketClosed', 'updateToken');
const tables = fc.array(
  fc.record(
    { name: names, from: fc.uniqueArray(states, { minLength: 1 }), to: states },
    { requiredKeys: ['name', 'from'] },
  ),
  { minLength: 1, maxLength: 12 },
);

const METHODS = ['onEnterState', 'onInvalidTransition'].concat(
  ['Idle', 'Busy', 'Rejected', 'WaitClosed'].flatMap((state) => [
    `onLeave${state}`,
    `onEnter${state}`,
    `on${state}`,
  ]),
  ['onConnect', 'onSocketClosed', 'onUpdateToken'],
);

function run(
  make: typeof factory,
  transitions: Configuration['transitions'],
  fired: [string, number][],
): unknown[] {
  const reported: unknown[] = [];
  const methods = Object.fromEntries(
    METHODS.map((method) => [
      method,
      (...[first, ...args]: unknown[]) => {
        const { transition, from, to } = first as Record<string, unknown>;
        reported.push([method, ...(transition ? [transition, from, to, ...args] : [first, args[0]])]);
      },
    ]),
  );
  const machine = new (make({ init: 'idle', transitions, methods }))() as Machine;
  for (const [name, argument] of fired) {
    machine[name]?.(argument);
    reported.push([machine.state, machine.is('busy')]);
  }
  return reported;
}

describe('the states of the SDK’s connection', () => {
  it('change and call the same handlers as with the package that the SDK uses', () => {
    fc.assert(
      fc.property(
        tables,
        fc.array(fc.tuple(names, fc.integer()), { maxLength: 20 }),
        (transitions, fired) => {
          expect(run(factory, transitions, fired)).toEqual(run(original.factory, transitions, fired));
        },
      ),
    );
  });

  it.each([
    ['ours', factory],
    ['the package', original.factory],
  ])('are not changed while they change (%s)', (_whose, make) => {
    const methods: Configuration['methods'] = { onBusy: () => machine['stop']!() };
    const transitions = [
      { name: 'start', from: ['idle'], to: 'busy' },
      { name: 'stop', from: ['busy'], to: 'idle' },
    ];
    const machine = new (make({ init: 'idle', transitions, methods }))() as Machine;

    expect(() => machine['start']!()).toThrow();
  });
});
