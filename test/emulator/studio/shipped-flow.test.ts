import fc from 'fast-check';
import { render } from '../../../emulator/studio/liquid';
import type { Context } from '../../../emulator/studio/model';
import { MAX_TASK_ATTRIBUTES_CHARS } from '../../../emulator/studio/limits';
import botFirst from '../../../infra/studio/bot-first.json';
import type { Definition } from '../../../emulator/studio/model';
import { aDefinition, stateIn } from './support';

describe("The shipped Flow's Task attributes", () => {
  const template = stateIn(aDefinition(), 'send_to_flex').properties['attributes'];
  const attributesFor = (channelAttributes: unknown) => {
    const context: Context = {
      contact: {},
      flow: {},
      trigger: { conversation: { ChannelAttributes: channelAttributes } },
      widgets: {},
    };
    const rendered = render(template, context);
    expect(rendered.length).toBeLessThanOrEqual(MAX_TASK_ATTRIBUTES_CHARS);
    return JSON.parse(rendered) as Record<string, unknown>;
  };

  it('name a visitor without any data', () => {
    const expected = {
      channelType: 'web',
      customerName: 'Website visitor',
      from: 'Website visitor',
      name: 'Website visitor',
    };

    expect(attributesFor({})).toEqual(expected);
    expect(attributesFor(undefined)).toEqual(expected);
    expect(attributesFor({ pre_engagement_data: {} })).toEqual({ ...expected, pre_engagement_data: {} });
    expect(attributesFor({ pre_engagement_data: { friendlyName: '' } })).toMatchObject(expected);
  });

  it("contain the visitor's pre-chat answers", () => {
    const answers = { friendlyName: 'Ada L.', topic: 'refund', page: 'https://example.com/a?b="c"' };

    expect(attributesFor({ pre_engagement_data: answers })).toMatchObject({
      customerName: 'Ada L.',
      pre_engagement_data: answers,
    });
  });

  it("contain the host site's signed data under a separate key, and name the visitor by it", () => {
    const verified = { friendlyName: 'Ada Lovelace', customerId: '4711' };
    const answers = { friendlyName: 'The boss', customerId: '1' };

    expect(attributesFor({ verified_data: verified, pre_engagement_data: answers })).toMatchObject({
      customerName: 'Ada Lovelace',
      verified_data: verified,
      pre_engagement_data: answers,
    });
    expect(attributesFor({ pre_engagement_data: answers })).not.toHaveProperty('verified_data');
  });

  it('prefer signed data if both do not fit', () => {
    const verified = { customerId: 'x'.repeat(500) };
    const attributes = attributesFor({
      verified_data: verified,
      pre_engagement_data: { why: 'x'.repeat(500) },
    });

    expect(attributes).toMatchObject({ verified_data: verified });
    expect(attributes).not.toHaveProperty('pre_engagement_data');
  });

  it('leave long answers to the Conversation, so that the Task is still created', () => {
    const attributes = attributesFor({
      pre_engagement_data: { friendlyName: 'Ada L.', why: 'x'.repeat(4000) },
    });

    expect(attributes).toMatchObject({ customerName: 'Ada L.' });
    expect(attributes).not.toHaveProperty('pre_engagement_data');
  });

  it.each([
    ['letters', 'x'],
    ['quotes', '"'],
    ['control characters', '\u0001'],
    ['emoji', '🙂'],
  ])('stay short enough with a longest name of %s, with and without answers', (_case, character) => {
    const friendlyName = character.repeat(256 / character.length);

    for (let length = 0; length < 1000; length += 10) {
      const known = { friendlyName, why: 'x'.repeat(length) };
      expect(attributesFor({ pre_engagement_data: known })['customerName']).toMatch(/\.\.\.$/);
      attributesFor({ pre_engagement_data: { friendlyName: 'Ada', why: character.repeat(length) } });
      attributesFor({ pre_engagement_data: known, verified_data: { why: 'x'.repeat(500 - length / 2) } });
    }
  });

  it('stay valid JSON of at most 1024 characters for any input', () => {
    const typed = fc.string({ unit: 'grapheme', maxLength: 256 });
    const quotes = fc.string({
      unit: fc.constantFrom('"', '\\', "'", '{', '}', '%', '🙂', '\n'),
      maxLength: 256,
    });
    fc.assert(
      fc.property(fc.oneof(typed, quotes), fc.dictionary(typed, fc.oneof(typed, quotes)), (name, answers) => {
        const attributes = attributesFor({
          pre_engagement_data: { ...answers, friendlyName: name },
          verified_data: answers,
        });
        if (name !== '' && name.length <= 48 && answers['friendlyName'] === undefined)
          expect(attributes['customerName']).toBe(name);
      }),
    );
  });
});

describe('The Flow in which a bot comes first', () => {
  const definition = botFirst as unknown as Definition;

  it.each(['send_to_flex', 'tell_customer'])('has %s as the other Flow has it', (name) => {
    const [mine, other] = [stateIn(definition, name), stateIn(aDefinition(), name)];

    expect(mine).toEqual(other);
  });

  it('keeps the Task attributes of a hand-over short, whatever the bot says', () => {
    const template = stateIn(definition, 'hand_over').properties['attributes'];
    const attributesFor = (attributes: unknown) => {
      const context: Context = {
        contact: {},
        flow: { data: { HandoffData: { attributes } } },
        trigger: {},
        widgets: {},
      };
      const rendered = render(template, context);
      expect(rendered.length).toBeLessThanOrEqual(MAX_TASK_ATTRIBUTES_CHARS);
      return JSON.parse(rendered) as Record<string, unknown>;
    };

    expect(attributesFor({ reason: 'asked', summary: 'hello', customerName: 'Ada' })).toEqual({
      channelType: 'web',
      customerName: 'Ada',
      from: 'Ada',
      name: 'Ada',
      handoff: { reason: 'asked', summary: 'hello' },
    });
    expect(attributesFor(undefined)).toMatchObject({
      customerName: 'Website visitor',
      handoff: { reason: '', summary: '' },
    });
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: 'binary' }), (words) => {
        attributesFor({ reason: words, summary: words, customerName: words });
      }),
    );
  });
});
