import { twilioClient, useEmulator } from '../../../support/emulator';

describe('Sync Lists', () => {
  const emulator = useEmulator();
  const client = () => twilioClient(emulator());
  const lists = () => client().sync.v1.services(emulator().account.syncServiceSid).syncLists;

  it('are found by SID and by unique name', async () => {
    const made = await lists().create({ uniqueName: 'starts', collectionTtl: 120 });

    expect(made).toMatchObject({ sid: expect.stringMatching(/^ES[0-9a-f]{32}$/), createdBy: 'system' });
    expect(made.dateExpires.getTime() - made.dateCreated.getTime()).toBe(120_000);
    expect((await lists()('starts').fetch()).sid).toBe(made.sid);
    expect((await lists()(made.sid).fetch()).uniqueName).toBe('starts');
  });

  it('number their items in order of arrival, and page them both ways', async () => {
    await lists().create({ uniqueName: 'starts' });
    const { syncListItems } = lists()('starts');

    for (const n of [1, 2, 3]) await syncListItems.create({ data: { n } });

    const ascending = await syncListItems.list({ order: 'asc', pageSize: 2, limit: 10 });
    expect(ascending.map(({ index, data }) => [index, data])).toEqual([
      [0, { n: 1 }],
      [1, { n: 2 }],
      [2, { n: 3 }],
    ]);
    const descending = await syncListItems.list({ order: 'desc', limit: 1 });
    expect(descending.map(({ index }) => index)).toEqual([2]);
  });

  it('have a unique name each', async () => {
    await lists().create({ uniqueName: 'starts' });

    await expect(lists().create({ uniqueName: 'starts' })).rejects.toMatchObject({
      status: 409,
      code: 54301,
    });
    await expect(lists().create({ uniqueName: '' })).rejects.toMatchObject({ status: 400, code: 54302 });
  });

  it('are not created with an invalid time', async () => {
    await expect(lists().create({ uniqueName: 'starts', collectionTtl: -1 })).rejects.toMatchObject({
      status: 400,
    });

    await expect(lists().create({ uniqueName: 'starts' })).resolves.toMatchObject({ uniqueName: 'starts' });
  });

  it('are deleted when their time is over, and the name is free again', async () => {
    await lists().create({ uniqueName: 'starts', collectionTtl: 120 });
    emulator().world.clock.advance(120_000);

    await expect(lists()('starts').fetch()).rejects.toMatchObject({ status: 404 });
    await expect(lists().create({ uniqueName: 'starts' })).resolves.toMatchObject({ uniqueName: 'starts' });
  });

  it('can be removed', async () => {
    const { sid } = await lists().create({});

    expect(await lists()(sid).remove()).toBe(true);

    await expect(lists()(sid).fetch()).rejects.toMatchObject({ status: 404 });
  });

  it('accept only JSON objects, in existing lists, of an existing Service', async () => {
    await lists().create({ uniqueName: 'starts' });

    await expect(lists()('starts').syncListItems.create({ data: '7' })).rejects.toMatchObject({
      status: 400,
    });
    await expect(lists()('ends').syncListItems.create({ data: {} })).rejects.toMatchObject({ status: 404 });
    const elsewhere = client().sync.v1.services(`IS${'9'.repeat(32)}`).syncLists;
    await expect(elsewhere.create({})).rejects.toMatchObject({ status: 404 });
  });
});
