/** Studio as one thing: Flows, and the executions that incoming messages start and continue. */
import type { ConversationsDomain } from '../conversations/domain';
import type { IncomingConversationMessage } from '../conversations/webhook-engine';
import type { Account } from '../core/account';
import { Bus } from '../core/bus';
import type { Clock } from '../core/clock';
import { createSid } from '../core/sids';
import type { Flex } from '../flex/flex';
import type { StudioEvents } from './events';
import { Flows } from './flows';
import type { Execution } from './model';
import { Runner } from './runner';
import { toContext, toTriggerVariables } from './variables';

export interface StudioOptions {
  clock: Clock;
  account: Account;
  conversations: ConversationsDomain;
  flex: Flex;
  /** Where a Flow finds Twilio's own hosts. */
  emulatorUrl: string;
}

export class Studio {
  readonly events = new Bus<StudioEvents>();
  readonly flows: Flows;
  private readonly executions = new Map<string, Execution>();
  /** The newest one of each Flow and Conversation. */
  private readonly newest = new Map<string, Execution>();
  private readonly runner: Runner;
  private readonly stopped = new AbortController();

  constructor(private readonly options: StudioOptions) {
    const { clock, account, conversations, flex, emulatorUrl } = options;
    const { accountSid, authToken } = account;
    this.flows = new Flows(clock);
    this.runner = new Runner({
      clock,
      account,
      conversations,
      flex,
      flows: this.flows,
      events: this.events,
      outside: { clock, emulatorUrl, accountSid, authToken, stopped: this.stopped.signal },
    });
  }

  /** Resolves when no execution waits for an HTTP answer. */
  settled(): Promise<void> {
    return this.runner.settled();
  }

  stop(): void {
    this.stopped.abort();
  }

  /**
   * Where `studio` webhooks lead: continues the execution that is active in this Conversation, or starts one. At most one is
   * active for a Flow and a Conversation. Source: public code (studio-nested-flows)
   * Guess: a message that comes while the active one does not wait, but asks somebody outside, is lost to it.
   */
  receive(incoming: IncomingConversationMessage): void {
    const newest = this.newest.get(`${incoming.flowSid}/${incoming.conversation.sid}`);
    if (newest?.status !== 'active') this.start(incoming);
    else this.runner.reply(newest, toTriggerVariables(incoming, this.options.account.accountSid));
  }

  /** Newest first, as the API lists them. */
  executionsOf(flowSid: string): Execution[] {
    return [...this.executions.values()].filter((one) => one.flowSid === flowSid).reverse();
  }

  execution(sid: string): Execution | undefined {
    return this.executions.get(sid);
  }

  /** Ends an execution from outside. */
  end(execution: Execution): void {
    this.runner.end(execution);
  }

  delete(execution: Execution): void {
    this.executions.delete(execution.sid);
  }

  private start(incoming: IncomingConversationMessage): void {
    const flow = this.flows.published(incoming.flowSid);
    if (!flow) throw new Error(`There is no published Flow ${incoming.flowSid}`);
    const { conversation, message } = incoming;
    const { clock, account } = this.options;
    const sid = createSid('FN');
    const now = clock.date();
    const execution: Execution = {
      sid,
      flowSid: flow.sid,
      flowRevision: flow.revision,
      conversationSid: conversation.sid,
      contactAddress: message.author,
      status: 'active',
      context: toContext(incoming, account.accountSid, sid),
      steps: [],
      error: null,
      dateCreated: now,
      dateUpdated: now,
    };
    this.executions.set(sid, execution);
    this.newest.set(`${flow.sid}/${conversation.sid}`, execution);
    this.events.emit('executionStarted', { execution, flow, conversation, message });
    const { context } = execution;
    this.runner.start({ execution, flow, context, conversation }, 'incomingConversationMessage');
  }
}
