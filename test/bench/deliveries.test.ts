/** What the bench of the realtime service says about its messages, from what senders and recipients saw. */
import { countDeliveries, type Deliveries } from '../../bench/realtime/deliveries';

const NOTHING: Deliveries = { sent: [], acknowledged: [], rejected: [], arrivals: [] };

describe('the deliveries of the realtime bench', () => {
  it('take a message that was acknowledged and never arrived as lost, whatever else arrived', () => {
    // By totals, 3 sent, 1 rejected and 2 delivered would be nothing lost.
    const count = countDeliveries({
      sent: ['a', 'b', 'c'],
      acknowledged: ['a', 'b'],
      rejected: ['c'],
      arrivals: [
        ['c', 9],
        ['a', 5],
      ],
    });

    expect(count).toEqual({
      sent: 3,
      delivered: 2,
      lost: 1,
      rejectedButDelivered: 1,
      rejectedNotDelivered: 0,
      unanswered: 0,
      duplicates: 0,
      latenciesMs: [9, 5],
    });
  });

  it('tell a rejected message that arrived from one that did not', () => {
    const count = countDeliveries({
      ...NOTHING,
      sent: ['a', 'b', 'c'],
      rejected: ['a', 'b', 'c'],
      arrivals: [['b', 1]],
    });

    expect(count).toMatchObject({ lost: 0, delivered: 1, rejectedButDelivered: 1, rejectedNotDelivered: 2 });
  });

  it('do not take a second arrival for another message', () => {
    const count = countDeliveries({
      sent: ['a', 'b'],
      acknowledged: ['a', 'b'],
      rejected: [],
      arrivals: [
        ['a', 1],
        ['a', 70],
      ],
    });

    expect(count).toMatchObject({ delivered: 1, duplicates: 1, lost: 1, latenciesMs: [1] });
  });

  it('count a message without an answer as unanswered only if it did not arrive', () => {
    const count = countDeliveries({ ...NOTHING, sent: ['a', 'b'], arrivals: [['a', 1]] });

    expect(count).toMatchObject({ delivered: 1, unanswered: 1, lost: 0, rejectedNotDelivered: 0 });
  });
});
