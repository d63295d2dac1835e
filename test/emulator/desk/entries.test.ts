/** The order of the timeline's entries, also of those that are gathered after the response. */
import type { TimelineEntry } from '../../../emulator/desk/timeline/entry';
import { Timeline } from '../../../emulator/desk/timeline/timeline';

let timeline: Timeline;
let titles: string[];

function add(title: string): void {
  timeline.add({
    conversationSid: 'CH1',
    step: '4',
    kind: 'event',
    product: 'Studio',
    title,
    summary: '',
    detail: {},
    at: 1,
  });
}

beforeEach(() => {
  timeline = new Timeline();
  titles = [];
});

it('gathers an entry after the current task', async () => {
  timeline.watch(({ title }: TimelineEntry) => titles.push(title));

  timeline.later(() => add('request'));

  expect(titles).toEqual([]);
  await Promise.resolve();
  expect(titles).toEqual(['request']);
});

it('keeps the order of the calls', async () => {
  timeline.watch(({ title }: TimelineEntry) => titles.push(title));

  timeline.later(() => add('message'));
  timeline.later(() => add('request'));
  add('execution');
  timeline.later(() => add('answer'));

  await Promise.resolve();
  expect(titles).toEqual(['message', 'request', 'execution', 'answer']);
});

it.each<[string, () => unknown, unknown]>([
  ['has', () => timeline.has('CH1', '4'), true],
  ['startOf', () => timeline.startOf('CH1'), 1],
  ['watch', () => (timeline.watch(({ title }) => titles.push(title)), titles), ['message']],
])('is complete for %s', (_name, read, expected) => {
  timeline.later(() => add('message'));

  expect(read()).toEqual(expected);
});
