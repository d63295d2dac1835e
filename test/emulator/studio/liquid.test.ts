import { withoutLiquid } from '../../../emulator/studio/liquid';
import { growthOf } from '../../support/growth';

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
      expect(growthOf(withoutLiquid, shape, 20_000)).toBe(0);
    },
  );
});
