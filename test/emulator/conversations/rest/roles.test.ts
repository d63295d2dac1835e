/** REST changes Roles, and the changes apply to later calls of the SDK. */
import { twilioClient, useEmulator } from '../../../support/emulator';

const emulator = useEmulator();

const rolesOf = () =>
  twilioClient(emulator()).conversations.v1.services(emulator().account.conversationsServiceSid).roles;

it('gives a Role exactly the permissions of an update', async () => {
  const [role] = (await rolesOf().list()).filter(({ type }) => type === 'service');

  const updated = await rolesOf()(role!.sid).update({ permission: ['editOwnUserInfo', 'joinConversation'] });

  expect(updated.permissions).toEqual(['editOwnUserInfo', 'joinConversation']);
  expect(emulator().world.conversations.roles.isPermitted(role!.sid, 'createConversation')).toBe(false);
});

it.each([[[]], [['createConversation', 'no such permission']]])('refuses %j', async (permission) => {
  const [role] = await rolesOf().list();

  await expect(rolesOf()(role!.sid).update({ permission })).rejects.toMatchObject({ status: 400 });

  expect((await rolesOf()(role!.sid).fetch()).permissions).toEqual(role!.permissions);
});
