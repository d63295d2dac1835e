/** The timeline of an emulator that runs for days. */
import { Timeline } from '../../../emulator/desk/timeline/timeline';

function say(timeline: Timeline, conversationSid: string): void {
  const fact = { conversationSid, step: 'after', kind: 'event', product: 'Conversations' } as const;
  timeline.add({ ...fact, title: 'Message added', summary: 'hello', detail: {}, at: 1 });
}

it('forgets a Conversation that is gone, and no other', () => {
  const timeline = new Timeline();
  for (const sid of ['CH1', 'CH2']) say(timeline, sid);

  timeline.forget('CH1');
  // The request that deleted it.
  say(timeline, 'CH1');
  for (let count = 0; count < 6_000; count++) say(timeline, 'CH3');

  expect(timeline.startOf('CH1')).toBeUndefined();
  expect(timeline.has('CH2', 'after')).toBe(true);
});
