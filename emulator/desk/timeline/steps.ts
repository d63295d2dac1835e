/**
 * The steps of Twilio's guide, in its order.
 * Source: docs https://www.twilio.com/docs/flex/developer/conversations/custom-chat-client (steps 1 to 8)
 */

export const STEPS = [
  {
    id: '1',
    title: 'Issue an Access Token',
    about:
      'A Function signs it with the API key. No request to Twilio: it shows when the SDK first presents it.',
  },
  { id: '2.1', title: 'Create a Conversation', about: 'POST /v1/Services/IS…/Conversations' },
  { id: '2.2', title: 'Add the customer as a Participant', about: 'POST …/Participants with their identity' },
  {
    id: '2.3',
    title: 'Add the Studio webhook',
    about: 'A scoped webhook: target studio, filter onMessageAdded, the Flow SID',
  },
  { id: '3', title: 'Initialise the SDK', about: '@twilio/conversations opens its WebSocket with the token' },
  { id: '4', title: 'The customer sends a message', about: 'conversation.sendMessage(), through the SDK' },
  {
    id: '5',
    title: 'onMessageAdded fires the webhook',
    about: 'The message reaches the Flow named in step 2.3',
  },
  {
    id: '6',
    title: 'The Studio Flow runs',
    about: 'Its trigger: Incoming Conversation. Next widget: Send To Flex',
  },
  {
    id: '7',
    title: 'Send To Flex makes an Interaction and a Task',
    about: 'TaskRouter finds a Worker and offers a Reservation',
  },
  {
    id: '8',
    title: 'The agent accepts and joins',
    about: 'Flex adds the agent to the same Conversation as a Participant',
  },
] as const;

/** `after`: what follows the eight steps. */
export type StepId = (typeof STEPS)[number]['id'] | 'after';
