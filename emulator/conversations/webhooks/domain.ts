/** Webhooks as a whole: those of a Conversation, those of a Service and the account, and pre-event webhooks. */
import type { Account } from '../../core/account';
import type { Clock } from '../../core/clock';
import type { ConversationsDomain } from '../domain';
import { WebhookDispatch } from './dispatch';
import { WebhookEngine, type IncomingConversationMessage } from './engine';
import { createAskFirst } from './pre-events';
import { ServiceWebhooks } from './service-webhooks';

export interface WebhooksOptions {
  domain: ConversationsDomain;
  account: Account;
  clock: Clock;
  /** The receiver of `studio` webhooks. */
  studio: (event: IncomingConversationMessage) => void;
  emulatorUrl: string;
}

export class Webhooks {
  /** How they are delayed, repeated and reordered. */
  readonly dispatch: WebhookDispatch;
  /** Those of single Conversations. */
  readonly scoped: WebhookEngine;
  readonly ofServices: ServiceWebhooks;

  constructor(options: WebhooksOptions) {
    this.dispatch = new WebhookDispatch(options.clock);
    const shared = { ...options, dispatch: this.dispatch };
    this.scoped = new WebhookEngine(shared);
    this.ofServices = new ServiceWebhooks(shared);
    options.domain.askFirst = createAskFirst({
      ...options,
      serviceWebhooks: this.ofServices,
      stopped: this.dispatch.stopped,
    });
  }

  /** Resolves when every delivery so far has an outcome. */
  settled(): Promise<void> {
    return this.dispatch.settled();
  }

  stop(): void {
    this.dispatch.stop();
  }
}
