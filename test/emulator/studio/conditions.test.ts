import type { Condition, Context } from '../../../emulator/studio/model';
import { holds } from '../../../emulator/studio/conditions';

describe('A condition', () => {
  const context: Context = { contact: {}, flow: {}, trigger: { given: '' }, widgets: {} };
  const isTrue = (given: string, type: string, value?: string) => {
    const condition: Condition = {
      arguments: ['{{trigger.given}}'],
      type,
      ...(value !== undefined && { value }),
    };
    return holds([condition], { ...context, trigger: { given } });
  };

  it.each<[string, string, string | undefined, string]>([
    ['Yes ', 'equal_to', 'YES', 'no'],
    ['no', 'not_equal_to', 'yes', 'yes'],
    ['b', 'matches_any_of', 'a, B', 'c'],
    ['c', 'does_not_match_any_of', 'a, b', 'a'],
    [' ', 'is_blank', undefined, 'a'],
    ['a', 'is_not_blank', undefined, ''],
    ['my order', 'contains', 'ORDER', 'my bill'],
    ['my bill', 'does_not_contain', 'order', 'my order'],
    ['order 1', 'starts_with', 'Order', 'my order'],
    ['my order', 'does_not_start_with', 'order', 'order 1'],
    ['9', 'less_than', '10', '11'],
    ['11', 'greater_than', '9', 'many'],
    ['2026-01-31', 'is_before_date', '2026-02-01', 'soon'],
    ['2026-02-02', 'is_after_date', '2026-02-01', '2026-02-01'],
    ['08:59', 'is_before_time', '09:00', '9:00'],
    ['09:01', 'is_after_time', '09:00', '09:00'],
    ['A12', 'regex', '[a-z]\\d+', 'A12 and more'],
  ])('%j %s %j is true; for %j it is not', (given, type, value, other) => {
    expect([isTrue(given, type, value), isTrue(other, type, value)]).toEqual([true, false]);
  });

  it.each(['(a+)+', '(a|a)*b', '(a|aa)+', '(.*a){9}', 'a*a*a*a*a*b', '{{trigger.given}}*'])(
    'with the pattern %j ends for any input',
    (pattern) => {
      const given = `${'a'.repeat(20_000)}!`;
      const { user: before } = process.cpuUsage();
      expect(isTrue(given, 'regex', pattern)).toBe(false);
      expect(process.cpuUsage().user - before).toBeLessThan(5_000_000);
    },
  );

  it('with an invalid pattern is never true', () => {
    expect(isTrue('a', 'regex', '(')).toBe(false);
  });
});
