import fc from 'fast-check';
import { ReplayEventEmitter } from '../../../widget/transport/event-emitter';

const original = require('@twilio/replay-event-emitter') as {
  ReplayEventEmitter: typeof ReplayEventEmitter;
};

const ADDING = [
  'on',
  'once',
  'addListener',
  'addListenerWithReplay',
  'onWithReplay',
  'onceWithReplay',
] as const;
const REMOVING = ['off', 'removeListener'] as const;
const events = fc.constantFrom('connected', 'message');
const listeners = fc.nat(2);
const steps = fc.array(
  fc.oneof(
    fc.tuple(fc.constantFrom(...ADDING, ...REMOVING), events, listeners),
    fc.tuple(fc.constant('emit' as const), events, fc.integer()),
    fc.tuple(
      fc.constant('removeAllListeners' as const),
      fc.option(events, { nil: undefined }),
      fc.constant(0),
    ),
  ),
  { maxLength: 30 },
);

function run(Emitter: typeof ReplayEventEmitter, done: [string, string | undefined, number][]): unknown[] {
  const reported: unknown[] = [];
  const emitter = new Emitter();
  // The third removes itself while an event is on its way.
  const known = [0, 1, 2].map((index) => (...args: unknown[]) => {
    reported.push([index, ...args]);
    if (index === 2) emitter.off('message', known[2]!);
  });
  for (const [method, event, number] of done) {
    if (method === 'emit') reported.push(emitter.emit(event!, number, 'more'));
    else if (method === 'removeAllListeners') emitter.removeAllListeners(...(event ? [event] : []));
    else emitter[method as (typeof ADDING)[number]](event!, known[number]!);
  }
  return reported;
}

it('the SDK’s events come as from the package that the SDK brings', () => {
  fc.assert(
    fc.property(steps, (done) => {
      expect(run(ReplayEventEmitter, done)).toEqual(run(original.ReplayEventEmitter, done));
    }),
    { numRuns: 500 },
  );
});
