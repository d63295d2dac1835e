/** Every operation that the emulator serves, called at least once, conforms to Twilio's specification. */
import { Emulator } from '../../../emulator/emulator';
import { coverageOf } from '../served/served';
import type { Operation } from '../specification/operations';
import { Specification } from '../specification/specification';
import { seed } from './seeds';
import { Walk, type Form } from './walk';

/** The changed field, if the operation accepts neither a name nor attributes. */
const CHANGES: Record<string, Form> = {
  UpdateConversationMessage: { Body: 'changed' },
  UpdateConversationScopedWebhook: { 'Configuration.Method': 'post' },
  UpdateUserConversation: { NotificationLevel: 'muted' },
  UpdateInteraction: { WebhookTtid: `WB${'0'.repeat(32)}` },
  UpdateInteractionChannel: { Status: 'closed', Routing: '{"status":"closed"}' },
  UpdateInteractionChannelParticipant: { Status: 'closed' },
  UpdateInteractionTransfer: { status: 'failed' },
  UpdateTaskReservation: { ReservationStatus: 'accepted' },
  UpdateWorkerReservation: { ReservationStatus: 'accepted' },
  UpdateWorkerChannel: { Capacity: '3' },
  UpdateFlow: { Status: 'published', CommitMessage: 'changed' },
  CreateExecution: { To: '+15558675310', From: '+15017122661', Parameters: '{"name":"Ada"}' },
  UpdateExecution: { Status: 'ended' },
  UpdateVariable: { Value: 'changed' },
  UpdateWebhookConfiguration: { Method: 'POST', Filters: ['onMessageAdded'] },
  UpdateConfigurationWebhook: { Method: 'POST', Filters: ['onMessageAdded'] },
  UpdateConfiguration: {},
  UpdateNotification: { 'NewMessage.Enabled': 'true' },
  UpdateRole: { Permission: ['sendMessage', 'leaveConversation'] },
};

function changeFor({ operationId, requestBody }: Operation): Form {
  const given = CHANGES[operationId.replace(/^UpdateService(?=[A-Z])/, 'Update')];
  if (given) return given;
  const { properties = {} } = Object.values(requestBody?.content ?? {})[0]?.schema ?? {};
  if (properties['FriendlyName']) return { FriendlyName: 'Changed' };
  return properties['Attributes'] ? { Attributes: '{"changed":true}' } : {};
}

let emulator: Emulator;

beforeAll(async () => {
  emulator = await Emulator.start({ port: 0 });
});
afterAll(() => emulator.stop());

it('serves each operation of its table exactly as Twilio describes it', async () => {
  const specification = new Specification();
  const { served } = coverageOf(specification, await emulator.world.http.routes());
  const walk = new Walk(emulator, specification);
  const isLeft = (operation: Operation): boolean => !walk.hasSucceeded(operation);

  await seed(walk, emulator);
  await walk.readAll(served);
  for (const operation of served.filter(({ method }) => method === 'post').filter(isLeft)) {
    await walk.tryOperation(operation, changeFor(operation));
  }
  await walk.readAll(served);
  // Children before their parents.
  const deletes = served.filter(({ method }) => method === 'delete').reverse();
  for (const operation of deletes) await walk.tryOperation(operation);

  expect(served.filter(isLeft).map(({ product, operationId }) => `${product} ${operationId}`)).toEqual([]);
  expect(walk.violations).toEqual([]);
});
