import { twilioClient, useEmulator } from '../../../support/emulator';

const emulator = useEmulator();

const v1 = () => twilioClient(emulator()).conversations.v1;
const named = () => v1().services(emulator().account.conversationsServiceSid);

describe('the settings', () => {
  it('name the default Service, its Roles and its Configuration', async () => {
    const { conversationsServiceSid } = emulator().account;
    const roles = await v1().roles.list();
    const configuration = await named().configuration().fetch();

    expect((await v1().configuration().fetch()).defaultChatServiceSid).toBe(conversationsServiceSid);
    expect(roles.map(({ friendlyName }) => friendlyName)).toEqual([
      'guest',
      'agent',
      'channel admin',
      'service user',
    ]);
    expect((await v1().roles(roles[0]!.sid).fetch()).permissions).toContain('sendMessage');
    expect(configuration.defaultConversationRoleSid).toBe(roles[0]!.sid);
  });

  it('create and delete Services, except for the default one', async () => {
    const { sid } = await v1().services.create({ friendlyName: 'Another shop' });
    await v1().services(sid).conversations.create({ uniqueName: 'ada' });

    expect((await v1().services.list()).map((one) => one.sid)).toContain(sid);
    await v1().services(sid).remove();

    await expect(v1().services(sid).conversations.list()).rejects.toMatchObject({ code: 20404 });
    await expect(v1().services(emulator().account.conversationsServiceSid).remove()).rejects.toMatchObject({
      status: 400,
    });
  });
});
