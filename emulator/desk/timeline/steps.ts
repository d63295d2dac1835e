/**
 * The steps of Twilio's guide, in its order.
 * Source: docs https://www.twilio.com/docs/flex/developer/conversations/integrate-a-custom-chat-client-with-flex (steps 1 to 8)
 */

export const STEPS = [
  {
    id: '1',
    title: 'Issue an Access Token',
    // It is first seen when the SDK presents it.
    about: 'Signed in a Function; no request to Twilio',
  },
  { id: '2.1', title: 'Create a Conversation', about: 'POST /v1/Services/IS…/Conversations' },
  { id: '2.2', title: 'Add the customer as a Participant', about: 'POST …/Participants with their identity' },
  {
    id: '2.3',
    title: 'Add the Studio webhook',
    about: 'Target studio, filter onMessageAdded, the Flow SID',
  },
  { id: '3', title: 'Initialise the SDK', about: '@twilio/conversations connects with the token' },
  { id: '4', title: 'The customer sends a message', about: 'conversation.sendMessage(), through the SDK' },
  {
    id: '5',
    title: 'onMessageAdded fires the webhook',
    about: 'The message reaches the Flow named in step 2.3',
  },
  {
    id: '6',
    title: 'The Studio Flow runs',
    about: 'Trigger: Incoming Conversation, then Send To Flex',
  },
  {
    id: '7',
    title: 'Send To Flex creates a Task',
    about: 'An Interaction, its Task, a Reservation for a Worker',
  },
  {
    id: '8',
    title: 'The agent accepts and joins',
    about: 'Flex adds them to the same Conversation',
  },
] as const;

/**
 * `after`: what follows the eight steps. `again`: the Studio webhook stays, so each later message starts the Flow again
 * to no effect. Guess: no documentation says that Flex removes it.
 */
export type StepId = (typeof STEPS)[number]['id'] | 'after' | 'again';
