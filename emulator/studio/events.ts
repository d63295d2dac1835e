/** What happens in Studio. The timeline listens. */
import type { Conversation, Message } from '../conversations/model';
import type { Execution, Flow, Step } from './model';

export interface StudioEvents {
  /** By a message, or by the REST API. */
  executionStarted: { execution: Execution; flow: Flow; conversation?: Conversation; message?: Message };
  stepRan: { execution: Execution; step: Step };
  executionEnded: { execution: Execution };
}
