import { Bus } from '../../../emulator/core/bus';

interface Events {
  cause: { by: string };
  effect: { of: string };
}

it('calls recording listeners first, so that a cause is recorded before its effects', () => {
  const bus = new Bus<Events>();
  const written: string[] = [];
  bus.on('cause', ({ by }) => bus.emit('effect', { of: by }));
  bus.onFirst('cause', ({ by }) => written.push(`cause by ${by}`));
  bus.onFirst('effect', ({ of }) => written.push(`effect of ${of}`));

  bus.emit('cause', { by: 'ada' });

  expect(written).toEqual(['cause by ada', 'effect of ada']);
});

it('calls listeners in the order of their registration, until they are removed', () => {
  const bus = new Bus<Events>();
  const received: string[] = [];
  const leave = bus.on('cause', () => received.push('first'));
  bus.on('cause', () => received.push('second'));
  const leaveEarly = bus.onFirst('cause', () => received.push('before both'));

  bus.emit('cause', { by: 'ada' });
  leave();
  leaveEarly();
  bus.emit('cause', { by: 'bob' });

  expect(received).toEqual(['before both', 'first', 'second', 'second']);
});
