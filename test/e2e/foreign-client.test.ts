/**
 * A third-party client: it uses `POST /start-chat`, the official SDK and Twilio's TaskRouter REST API, and no code of this
 * repository. Any reader of the README could write it.
 */
import { Client, type Conversation, type Message } from '@twilio/conversations';
import { startStack, type Stack } from '../support/stack';

interface StartChat {
  token: string;
  conversationSid: string;
  clientOptions: object;
}

describe('a third-party client', () => {
  let stack: Stack;
  const clients: Client[] = [];

  beforeAll(async () => {
    stack = await startStack();
  });
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

  const next = (conversation: Conversation): Promise<Message> =>
    new Promise((resolve) => conversation.once('messageAdded', resolve));

  it('reaches an agent, talks both ways, and sees the chat end', async () => {
    const response = await fetch(`${stack.functionsUrl}/start-chat`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ friendlyName: 'Ada L.' }),
    });
    const start = (await response.json()) as StartChat;
    expect(response.status).toBe(200);

    const customer = await connect(start.token, start.clientOptions);
    const conversation = await customer.getConversationBySid(start.conversationSid);
    await conversation.getMessages();
    const offered = stack.nextReservation();
    await conversation.sendMessage('hello');

    const workspace = stack.twilio.taskrouter.v1.workspaces(stack.account.workspaceSid);
    await offered;
    const [task] = await workspace.tasks.list({ assignmentStatus: ['reserved'] });
    expect(JSON.parse(task!.attributes)).toMatchObject({
      conversationSid: start.conversationSid,
      customerName: 'Ada L.',
    });
    const [reservation] = await workspace.tasks(task!.sid).reservations.list();
    const joined = new Promise<void>((resolve) => conversation.once('participantJoined', () => resolve()));
    await workspace.tasks(task!.sid).reservations(reservation!.sid).update({ reservationStatus: 'accepted' });
    await joined;

    const agent = await connect(stack.tokenFor(stack.account.workers[0].identity), start.clientOptions);
    const sameConversation = await agent.getConversationBySid(start.conversationSid);
    expect((await sameConversation.getMessages()).items.map((message) => message.body)).toEqual(['hello']);
    const answer = next(conversation);
    await sameConversation.sendMessage('How can I help?');
    expect((await answer).body).toBe('How can I help?');

    const ended = new Promise<void>((resolve) => {
      conversation.on('updated', () => conversation.state?.current === 'closed' && resolve());
    });
    await workspace.tasks(task!.sid).update({ assignmentStatus: 'completed', reason: 'done' });
    await ended;
    await expect(conversation.sendMessage('still there?')).rejects.toMatchObject({ status: 400 });
  });
});
