/** One line of the timeline: a request, a webhook or a change of state, and the step it belongs to. */
import type { StepId } from './steps';

export interface TimelineFact {
  step: StepId;
  /** Null if it belongs to no Conversation; it is then not shown. */
  conversationSid: string;
  kind: 'request' | 'webhook' | 'event';
  /** Which product did it, by Twilio's name. */
  product: 'Access Token' | 'Conversations' | 'Conversations SDK' | 'Studio' | 'Flex' | 'TaskRouter';
  /** One line: `POST …/Participants`, `participantAdded`. */
  title: string;
  /** The line below: the main facts in plain words. */
  summary: string;
  /** Everything else, shown as JSON. */
  detail: unknown;
  /** Milliseconds since the epoch. */
  at: number;
}

export interface TimelineEntry extends TimelineFact {
  /** Increases with each entry. */
  id: number;
}
