/** Studio as a whole: Flows, and the executions that incoming messages start and continue. */
import type { ConversationsDomain } from '../conversations/domain';
import type { Conversation } from '../conversations/model';
import type { IncomingConversationMessage } from '../conversations/webhooks/engine';
import type { Account } from '../core/account';
import { Bus } from '../core/bus';
import type { Clock } from '../core/clock';
import { invalidParameter } from '../core/errors';
import { createSid, isSid } from '../core/sids';
import type { Flex } from '../flex/domain';
import type { StudioEvents } from './events';
import { Flows } from './flows';
import type { Execution, Flow } from './model';
import { Runner } from './runner';
import { toContext, toRequestContext, toTriggerVariables, type ExecutionRequest } from './variables';

interface StudioOptions {
  clock: Clock;
  account: Account;
  conversations: ConversationsDomain;
  flex: Flex;
  /** Where a Flow reaches Twilio's own hosts. */
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

  resume(): void {
    this.runner.resume();
  }

  stop(): void {
    this.stopped.abort();
  }

  /**
   * Where `studio` webhooks lead: continues the execution that is active in this Conversation, or starts one. At most one is
   * active for a Flow and a Conversation. Source: public code (studio-nested-flows)
   * Guess: a message that arrives while the active one is in an HTTP call, not waiting for a reply, is lost to it.
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

  /** Begins an execution without a message. Differs: a contact may have several at a time. */
  request(flowSid: string, request: ExecutionRequest): Execution {
    const flow = this.publishedFlow(flowSid);
    const sid = createSid('FN');
    const execution = this.add(flow, {
      sid,
      conversationSid: null,
      contactAddress: request.to,
      context: toRequestContext(flowSid, sid, request),
    });
    this.events.emit('executionStarted', { execution, flow });
    const { context } = execution;
    const conversation = this.conversationOf(request);
    this.runner.start({ execution, flow, context, conversation }, 'incomingRequest');
    return execution;
  }

  /**
   * The format in which an AI agent hands over: key and names are Twilio Agent Connect's.
   * Source: public code (twilio-agent-connect-typescript, packages/tools/src/built-in/handoff.ts; it calls the object HandoffPayload)
   * Guess: a SID of a Conversation as `conversationId` makes it the one that Send To Flex brings to an agent.
   */
  private conversationOf({ parameters }: ExecutionRequest): Conversation | null {
    const { conversationId } = (parameters['HandoffData'] ?? {}) as { conversationId?: unknown };
    const { conversations } = this.options.conversations;
    return (isSid('CH', conversationId) && conversations.get(String(conversationId))) || null;
  }

  private start(incoming: IncomingConversationMessage): void {
    const flow = this.publishedFlow(incoming.flowSid);
    const { conversation, message } = incoming;
    const sid = createSid('FN');
    const execution = this.add(flow, {
      sid,
      conversationSid: conversation.sid,
      contactAddress: message.author,
      context: toContext(incoming, this.options.account.accountSid, sid),
    });
    this.newest.set(`${flow.sid}/${conversation.sid}`, execution);
    this.events.emit('executionStarted', { execution, flow, conversation, message });
    const { context } = execution;
    this.runner.start({ execution, flow, context, conversation }, 'incomingConversationMessage');
  }

  /** Guess: REST's answer for a Flow that has drafts only. */
  private publishedFlow(flowSid: string): Flow {
    const flow = this.flows.published(flowSid);
    if (!flow) throw invalidParameter(`The Flow ${flowSid} does not exist or is not published`);
    return flow;
  }

  private add(
    flow: Flow,
    begun: Pick<Execution, 'sid' | 'conversationSid' | 'contactAddress' | 'context'>,
  ): Execution {
    const now = this.options.clock.date();
    const execution: Execution = {
      ...begun,
      flowSid: flow.sid,
      flowRevision: flow.revision,
      status: 'active',
      steps: [],
      error: null,
      dateCreated: now,
      dateUpdated: now,
    };
    this.executions.set(execution.sid, execution);
    return execution;
  }
}
