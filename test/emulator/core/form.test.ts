import { Form } from '../../../emulator/core/form';

const form = (text: string) => new Form(new URLSearchParams(text));

describe('a form', () => {
  it('returns each value in the type of its parameter', () => {
    const sent = form(
      'Name=Ada+L.&Index=-1&On=true&At=2026-01-02T03:04:05Z&Day=2026-01-02&Order=asc&Filters=a&Filters=b&Json=%7B%22a%22%3A1%7D',
    );

    expect(sent.string('Name')).toBe('Ada L.');
    expect(sent.integer('Index')).toBe(-1);
    expect(sent.boolean('On')).toBe(true);
    expect(sent.date('At')).toEqual(new Date('2026-01-02T03:04:05Z'));
    expect(sent.date('Day')).toEqual(new Date('2026-01-02T00:00:00Z'));
    expect(sent.oneOf('Order', ['asc', 'desc'])).toBe('asc');
    expect(sent.list('Filters')).toEqual(['a', 'b']);
    expect(sent.json('Json')).toEqual({ a: 1 });
    expect(sent.keys()).toEqual(['Name', 'Index', 'On', 'At', 'Day', 'Order', 'Filters', 'Json']);
  });

  it('uses the last value of a repeated scalar', () => {
    expect(form('Name=a&Name=b').string('Name')).toBe('b');
  });

  it('returns nothing for missing parameters', () => {
    const empty = form('');

    expect([
      empty.string('a'),
      empty.integer('a'),
      empty.boolean('a'),
      empty.date('a'),
      empty.oneOf('a', ['b']),
      empty.json('a'),
    ]).toEqual(Array(6).fill(undefined));
    expect(empty.list('a')).toEqual([]);
  });

  it.each<[string, (sent: Form) => unknown]>([
    ['Index=1.5', (sent) => sent.integer('Index')],
    ['Index=x', (sent) => sent.integer('Index')],
    ['On=yes', (sent) => sent.boolean('On')],
    ['At=tomorrow', (sent) => sent.date('At')],
    ['At=5', (sent) => sent.date('At')],
    ['At=%2B275760-09-13', (sent) => sent.date('At')],
    ['At=2026-13-01', (sent) => sent.date('At')],
    ['Order=ASC', (sent) => sent.oneOf('Order', ['asc', 'desc'])],
    ['Json=%7B', (sent) => sent.json('Json')],
    ['', (sent) => sent.required('Name')],
    ['Name=', (sent) => sent.required('Name')],
  ])('rejects an invalid value with 20001: %s', (text, read) => {
    expect(() => read(form(text))).toThrow(expect.objectContaining({ status: 400, code: 20001 }));
  });
});
