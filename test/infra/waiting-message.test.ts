/** The automatic message of the Flow, run by the emulator. */
import type { Definition } from '../../emulator/studio/model';
import botFirst from '../../infra/studio/bot-first.json';
import agentFlow from '../../infra/studio/custom-chat-to-flex.json';
import { withWaitingMessage } from '../../infra/account/waiting-message';
import { useFunctions } from '../support/functions-world';

const TEXTS = { en: 'Thank you. Please wait.', de: 'Danke. Bitte warten Sie.' };
const filled = (flow: object, { workflowSid, taskChannelSid }: Record<string, string>) =>
  JSON.parse(
    JSON.stringify(flow)
      .replaceAll(`WW${'0'.repeat(32)}`, workflowSid!)
      .replaceAll(`TC${'0'.repeat(32)}`, taskChannelSid!),
  ) as typeof agentFlow;

describe('the waiting message', () => {
  const world = useFunctions();

  async function chatIn(language?: string): Promise<(string | null)[]> {
    const { account, world: twilio } = world.emulator;
    const flow = twilio.studio.flows.get(account.flowSid)!;
    const { workflowSid, taskChannelSid } = account;
    flow.definition = withWaitingMessage(
      filled(agentFlow, { workflowSid, taskChannelSid }),
      TEXTS,
    ) as unknown as Definition;
    const preChat = language === undefined ? {} : { preChat: { language } };
    const chat = await world.aChat({ message: 'hello', messageId: 'm-1', ...preChat });
    await twilio.webhooks.settled();
    await twilio.studio.settled();
    expect(twilio.taskrouter.tasks.all()).toHaveLength(1);
    return world.conversations.messages.ofConversation(chat.conversationSid).map(({ body }) => body);
  }

  it.each([
    ['de-AT', TEXTS.de],
    ['en', TEXTS.en],
    ['fr', TEXTS.en],
    [undefined, TEXTS.en],
  ])('for %s comes once, before the agent', async (language, text) => {
    expect(await chatIn(language)).toEqual(['hello', text]);
  });

  it('leads to every Send To Flex, also where a bot comes first', () => {
    const { states } = withWaitingMessage(botFirst, TEXTS);
    const targets = botFirst.states.filter(({ type }) => type === 'send-to-flex').map(({ name }) => name);
    const sources = states.filter(({ transitions }) =>
      transitions.some(({ next }) => next !== undefined && targets.includes(next)),
    );
    expect(targets.length).toBeGreaterThan(0);
    expect(sources.map(({ name }) => name)).toEqual(targets.map((name) => `${name}_greeting`));
  });
});
