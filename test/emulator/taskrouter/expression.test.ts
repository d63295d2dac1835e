import { parseExpression } from '../../../emulator/taskrouter/expression';

const CHAT = {
  conversationSid: 'CH1',
  tier: 'gold',
  age: 41,
  vip: true,
  skills: ['billing', 'refunds'],
  customers: { name: "Ada O'Neil" },
};

describe('An expression of TaskRouter', () => {
  it.each([
    ['conversationSid == "CH1"', true],
    ["conversationSid='CH1'", true],
    ['conversationSid == "CH2"', false],
    ['tier != "gold"', false],
    ['age >= 41 AND age < 42', true],
    ['tier IN ["silver", "gold"]', true],
    ['tier NOT IN ["silver", "gold"]', false],
    ['skills HAS "refunds"', true],
    ['skills HAS "sales"', false],
    ['tier CONTAINS "ol"', true],
    ['vip == true', true],
    ['customers.name == "Ada O\'Neil"', true],
    ["customers.name == 'Ada O\\'Neil'", true],
    ['missing == null', true],
    ['missing', false],
    ['1==1', true],
    ['tier == "silver" OR vip == true AND age > 50', false],
    ['(tier == "silver" OR vip == true) AND age > 40', true],
    ['NOT tier == "gold" or tier == "gold"', true],
    ['toString == null', true],
  ])('%s is %s', (expression, expected) => {
    expect(parseExpression(expression)(CHAT)).toBe(expected);
  });

  it.each([
    ['nothing', ''],
    ['a missing operand', 'tier =='],
    ['an open bracket', '(tier == "gold"'],
    ['an open list', 'tier IN ["gold"'],
    ['an open string', 'tier == "gold'],
    ['two expressions', 'tier == "gold" vip'],
    ['an unknown sign', 'tier ~ "gold"'],
  ])('is rejected with 20001 if it has %s', (_case, expression) => {
    expect(() => parseExpression(expression)).toThrow(expect.objectContaining({ code: 20001, status: 400 }));
  });
});
