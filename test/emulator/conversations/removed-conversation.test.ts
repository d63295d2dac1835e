/** A Flow, a timer or an agent can hold a Conversation that is deleted meanwhile. */
import { SYSTEM } from '../../../emulator/conversations/model';
import { useEmulator } from '../../support/emulator';

const emulator = useEmulator();

it.each<[string, (domain: Domain, conversation: Conversation) => unknown]>([
  ['a Message', ({ messages }, conversation) => messages.add(conversation, { body: 'hello' }, SYSTEM)],
  [
    'a Participant',
    ({ participants }, conversation) => participants.add(conversation, { identity: 'ada' }, SYSTEM),
  ],
  [
    'a new name',
    ({ conversations }, conversation) => conversations.update(conversation, { friendlyName: 'Tea' }, SYSTEM),
  ],
])('takes no %s', (_what, change) => {
  const { conversations: domain } = emulator().world;
  const conversation = domain.conversations.create(emulator().account.conversationsServiceSid, {}, SYSTEM);
  domain.deleteConversation(conversation, SYSTEM);

  expect(() => change(domain, conversation)).toThrow(expect.objectContaining({ status: 404, code: 50350 }));
});

type Domain = ReturnType<typeof emulator>['world']['conversations'];
type Conversation = ReturnType<Domain['conversations']['create']>;
