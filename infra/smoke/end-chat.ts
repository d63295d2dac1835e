/** Ends the chat: with the Function that the visitor's page calls, or, if it is not deployed, as Flex does. */
import type { Twilio } from 'twilio';
import type { TaskInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task';
import { Remedy } from '../terminal';
import { post, type StartedChat } from './start-chat';

export interface Ending {
  url: string;
  origin: string | undefined;
  chat: StartedChat;
  client?: Twilio;
  task?: TaskInstance;
}

/** Returns what it did, as text. */
export async function endChat({ url, origin, chat, client, task }: Ending): Promise<string> {
  const { token, conversationSid } = chat;
  const answer = await post(url, origin, { token, conversationSid });
  if (answer.ok) return 'end-chat ended the chat';
  if (answer.status !== 404 || !client || !task) {
    throw new Remedy(
      `${url} answered ${answer.status}: ${await answer.text()}`,
      'Close the Conversation in the Console.',
    );
  }
  const { flexInteractionSid, flexInteractionChannelSid } = JSON.parse(task.attributes) as Record<
    string,
    string
  >;
  await client.flexApi.v1
    .interaction(flexInteractionSid!)
    .channels(flexInteractionChannelSid!)
    .update({ status: 'closed', routing: { status: 'closed' } });
  return "end-chat is not deployed, so the Interaction's channel was closed";
}
