/** The Content API through twilio-node. */
import { twilioClient, useEmulator } from '../../support/emulator';
import { newContent, TEMPLATES, type TemplateType } from './templates';

describe('Content', () => {
  const emulator = useEmulator();
  const contents = () => twilioClient(emulator()).content.v1.contents;

  it.each(Object.keys(TEMPLATES) as TemplateType[])('keeps a template of %s as it came', async (type) => {
    const types = { [type]: TEMPLATES[type] };

    const made = await contents().create(
      newContent(types, { friendly_name: 'greeting', variables: { 1: 'Ada' } }),
    );

    expect(made).toMatchObject({
      sid: expect.stringMatching(/^HX[0-9a-f]{32}$/),
      friendlyName: 'greeting',
      language: 'en',
      variables: { 1: 'Ada' },
      types,
    });
    expect(await contents()(made.sid).fetch()).toMatchObject({ sid: made.sid, types });
  });

  it('lists its templates page by page, and forgets the removed one', async () => {
    for (const name of ['a', 'b', 'c'])
      await contents().create(newContent({ 'twilio/text': { body: name } }, { friendly_name: name }));
    const names = async () =>
      (await contents().list({ pageSize: 2, limit: 10 })).map(({ friendlyName }) => friendlyName);
    expect(await names()).toEqual(['a', 'b', 'c']);

    const [, second] = await contents().list();
    await contents()(second!.sid).remove();

    expect(await names()).toEqual(['a', 'c']);
    await expect(contents()(second!.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it.each([
    ['no language', { types: { 'twilio/text': { body: 'a' } }, language: undefined }],
    ['no type', { types: {} }],
    ['a type that there is not', { types: { 'twilio/poem': { body: 'a' } } }],
    ['a field too many', { types: { 'twilio/text': { body: 'a', colour: 'red' } } }],
    ['too long a text', { types: { 'twilio/text': { body: 'a'.repeat(1601) } } }],
    ['no quick reply', { types: { 'twilio/quick-reply': { body: 'a', actions: [] } } }],
    [
      'eleven quick replies',
      { types: { 'twilio/quick-reply': { body: 'a', actions: Array(11).fill({ title: 'b' }) } } },
    ],
    [
      'too long a list item',
      {
        types: {
          'twilio/list-picker': { body: 'a', button: 'b', items: [{ id: 'c', item: 'd'.repeat(25) }] },
        },
      },
    ],
    ['a card of a title alone', { types: { 'twilio/card': { title: 'a' } } }],
    [
      'a variable whose name has a space',
      { types: { 'twilio/text': { body: 'a' } }, variables: { 'a b': 'c' } },
    ],
    [
      'too long a name of a variable',
      { types: { 'twilio/text': { body: 'a' } }, variables: { ['a'.repeat(17)]: 'c' } },
    ],
    [
      'too many variables',
      {
        types: { 'twilio/text': { body: 'a' } },
        variables: Object.fromEntries(Array.from({ length: 101 }, (_, n) => [n, 'c'])),
      },
    ],
  ])('refuses %s', async (_case, wanted) => {
    await expect(contents().create({ language: 'en', ...wanted } as never)).rejects.toMatchObject({
      status: 400,
      code: 20001,
    });
    expect(await contents().list()).toEqual([]);
  });

  it('refuses requests for an approval, which are not built', async () => {
    const { sid } = await contents().create(newContent({ 'twilio/text': { body: 'a' } }));

    await expect(contents()(sid).approvalFetch().fetch()).rejects.toMatchObject({ status: 501 });
  });
});
