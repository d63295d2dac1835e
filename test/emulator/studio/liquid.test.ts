import { withoutLiquid } from '../../../emulator/studio/liquid';

describe('JSON without its Liquid', () => {
  it.each([
    ['{"a": "{{x}} and {{y}}", "b": {{z}}}', '{"a": "value and value", "b": null}'],
    ['[{% if x %}1{% endif %}]', '[1]'],
    ['{"a": "\\"{{x}}"}', '{"a": "\\"value"}'],
    ['{"a": "{{"}', '{"a": "{{"}'],
    ['{{x}}}}{{', 'null}}{{'],
  ])('of %s is %s', (template, json) => {
    expect(withoutLiquid(template)).toBe(json);
  });

  it.each(['{{', '{%', 'a{{', '{{}', '{%}}', '}}{{'])(
    'is parsed in linear time, with %j without an end',
    (shape) => {
      const costOf = (length: number): number => {
        const { user: before } = process.cpuUsage();
        withoutLiquid(shape.repeat(length / shape.length));
        return process.cpuUsage().user - before;
      };
      // With quadratic time, 16 times the text took 256 times as long.
      const tries = [1, 2, 3].map(() => costOf(1_600_000) / Math.max(costOf(100_000), 1_000));

      expect(Math.min(...tries)).toBeLessThan(60);
    },
  );
});
