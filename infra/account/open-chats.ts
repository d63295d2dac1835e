/** Open chats that the Functions created, by the form of their names. */
import type { Twilio } from 'twilio';
import type { ConversationInstance } from 'twilio/lib/rest/conversations/v1/service/conversation';
import type { Flex } from './flex';

/** The names that the Functions create. Newer ones end with a MAC, keyed with the API key's secret. */
const OURS = /^chat-(visitor|user)-.+-\d+(-[\w-]{22})?$/;
const OPEN_STATES = ['active', 'inactive'] as const;
const PAGE_SIZE = 100;

export async function listOpenChats(client: Twilio, flex: Flex): Promise<ConversationInstance[]> {
  const { conversations } = client.conversations.v1.services(flex.conversationsServiceSid);
  const lists = OPEN_STATES.map((state) => conversations.list({ state, pageSize: PAGE_SIZE }));
  return (await Promise.all(lists)).flat().filter(({ uniqueName }) => OURS.test(uniqueName ?? ''));
}
