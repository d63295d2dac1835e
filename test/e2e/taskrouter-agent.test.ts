/**
 * Step 8 by Twilio's own software: the customer comes by `/start-chat` and the official SDK, and the agents are programs on
 * the unmodified twilio-taskrouter. Nothing here was written for the other side.
 */
import { Client, type Conversation } from '@twilio/conversations';
import { Agents, moveTo, nextEvent, nextReservation } from '../support/agent';
import { startStack, type Stack } from '../support/stack';

interface StartChat {
  token: string;
  conversationSid: string;
  clientOptions: object;
}

describe('a customer, and agents by twilio-taskrouter', () => {
  let stack: Stack;
  const agents = new Agents(() => stack.emulator);
  const clients: Client[] = [];

  beforeAll(async () => {
    stack = await startStack();
  });
  afterEach(() => agents.disconnect());
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.shutdown()));
    await stack?.stop();
  });

  async function connect(token: string, options: object): Promise<Client> {
    const client = new Client(token, options);
    clients.push(client);
    await new Promise<void>((resolve) => client.once('initialized', () => resolve()));
    return client;
  }

  async function aCustomer(): Promise<{ conversation: Conversation; start: StartChat }> {
    const response = await fetch(`${stack.functionsUrl}/start-chat`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ friendlyName: 'Ada L.' }),
    });
    const start = (await response.json()) as StartChat;
    const customer = await connect(start.token, start.clientOptions);
    const conversation = await customer.getConversationBySid(start.conversationSid);
    await conversation.getMessages();
    return { conversation, start };
  }

  it('reject, accept, talk, and the chat ends for the customer when the Task is completed', async () => {
    const [grace, linus] = [await agents.connect(), await agents.connect(stack.account.workers[1])];
    await moveTo(linus, 'Available');
    const { conversation, start } = await aCustomer();
    const first = nextReservation(grace);
    const second = nextReservation(linus);

    await conversation.sendMessage('hello');
    await (await first).reject();
    const reservation = await second;
    const joined = new Promise<string | null>((resolve) =>
      conversation.once('participantJoined', ({ identity }) => resolve(identity)),
    );
    await reservation.accept();

    expect(reservation.task.attributes).toMatchObject({ customerName: 'Ada L.' });
    expect(await joined).toBe('linus_40example_2Ecom');
    const agent = await connect(agents.token(stack.account.workers[1]), start.clientOptions);
    const same = await agent.getConversationBySid(start.conversationSid);
    const answered = new Promise<string | null>((resolve) =>
      conversation.once('messageAdded', ({ body }) => resolve(body)),
    );
    await same.sendMessage('How can I help?');
    expect(await answered).toBe('How can I help?');

    const ended = new Promise<void>((resolve) => {
      conversation.on('updated', () => conversation.state?.current === 'closed' && resolve());
    });
    await reservation.task.wrapUp({ reason: 'said goodbye' });
    expect(conversation.state?.current).toBe('active');
    const completed = nextEvent(reservation, 'completed');
    await reservation.task.complete('done');
    await Promise.all([completed, ended]);
    expect(linus.reservations.size).toBe(0);
  });
});
