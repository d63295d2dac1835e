/** An entry's details: read when a program looks at them, and for good after the response. */
import { Journal, type JournalEntry } from '../../../emulator/core/journal';

const ARRIVAL = {
  host: 'conversations.twilio.com',
  method: 'POST',
  path: '/v1',
};

let journal: Journal;
let reads: number;
/** What the server has received of the body so far. */
let form: JournalEntry['form'];

const details = () => {
  reads += 1;
  return {
    at: '2026-11-27T10:00:00.000Z',
    query: { PageSize: '5' },
    form,
    headers: { authorization: 'Basic SK1:***' },
  };
};

beforeEach(() => {
  journal = new Journal();
  reads = 0;
  form = {};
});

it('reads no details before the response', () => {
  journal.answer(journal.arrive(ARRIVAL, details), 200, '{}');

  expect(reads).toBe(0);
});

it('shows them when an entry is read before that', () => {
  const entry = journal.arrive(ARRIVAL, details);

  expect(journal.entries).toEqual([{ id: 1, ...ARRIVAL, ...details(), status: null }]);

  form = { Body: 'hello' };
  journal.answer(entry, 201, '{}');
  expect(journal.entries).toEqual([{ id: 1, ...ARRIVAL, ...details(), status: 201 }]);
});

it('has them for both events', async () => {
  const seen: unknown[] = [];
  journal.events.on('arrived', ({ headers }) => seen.push(headers));
  journal.events.on('answered', ({ entry, answer }) => seen.push(entry.form, answer));
  const entry = journal.arrive(ARRIVAL, details);
  form = { Body: 'hello' };

  journal.answer(entry, 201, '{"sid":"IM1"}');

  await Promise.resolve();
  expect(seen).toEqual([details().headers, { Body: 'hello' }, '{"sid":"IM1"}']);
});

it.each([
  ['answered', (entry: JournalEntry) => journal.answer(entry, 200, '{}')],
  ['closed', (entry: JournalEntry) => journal.closeEntry(entry)],
])('reads them once more and then never again when it is %s', async (_how, end) => {
  const entry = journal.arrive(ARRIVAL, details);
  form = { Body: 'hello' };
  end(entry);
  await Promise.resolve();
  form = {};

  expect(journal.entries).toMatchObject([{ form: { Body: 'hello' } }]);
  expect(reads).toBe(1);
});
