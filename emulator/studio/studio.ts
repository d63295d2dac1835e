/** Studio as one thing: Flows, and the executions that incoming messages start and continue. */
import type { ConversationsDomain } from '../conversations/domain';
import type { Conversation } from '../conversations/model';
import type { IncomingConversationMessage } from '../conversations/webhook-engine';
import type { Account } from '../core/account';
import { Bus } from '../core/bus';
import type { Clock, Timer } from '../core/clock';
import { createSid } from '../core/sids';
import type { Flex } from '../flex/flex';
import type { StudioEvents } from './events';
import { Flows } from './flows';
import type { Execution, Flow, State, Step } from './model';
import { toContext, toTriggerVariables } from './variables';
import { sendAndWaitForReply, sendMessage } from './widgets/send-message';
import { sendToFlex } from './widgets/send-to-flex';
import type { Widget } from './widgets/widget';

const WIDGETS: Record<string, Widget | undefined> = {
  'send-to-flex': sendToFlex,
  'send-message': sendMessage,
  'send-and-wait-for-reply': sendAndWaitForReply,
};

/** A Flow that goes round in circles without ever waiting is stopped. Guess: Studio's own limit is 1000 steps. */
const MAX_STEPS = 1000;

interface Waiting {
  execution: Execution;
  flow: Flow;
  state: State;
  conversation: Conversation;
  timer: Timer;
}

export interface StudioOptions {
  clock: Clock;
  account: Account;
  conversations: ConversationsDomain;
  flex: Flex;
}

export class Studio {
  readonly events = new Bus<StudioEvents>();
  readonly flows: Flows;
  private readonly executions = new Map<string, Execution>();
  /** By Flow and Conversation: at most one execution is active for a pair. Source: public code (studio-nested-flows) */
  private readonly waiting = new Map<string, Waiting>();

  constructor(private readonly options: StudioOptions) {
    this.flows = new Flows(options.clock);
  }

  /** Where `studio` webhooks lead: continues the execution that waits in this Conversation, or starts one. */
  receive(incoming: IncomingConversationMessage): void {
    const key = `${incoming.flowSid}/${incoming.conversation.sid}`;
    const waiting = this.waiting.get(key);
    if (waiting) this.reply(key, waiting, incoming);
    else this.start(incoming);
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
    for (const [key, waiting] of this.waiting) {
      if (waiting.execution !== execution) continue;
      waiting.timer.cancel();
      this.waiting.delete(key);
    }
    this.finish(execution);
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
    this.events.emit('executionStarted', { execution, flow, conversation, message });
    const trigger = flow.definition.states.find((state) => nameOf(state) === flow.definition.initial_state)!;
    this.run(execution, flow, trigger, 'incomingConversationMessage', conversation);
  }

  private reply(key: string, waiting: Waiting, incoming: IncomingConversationMessage): void {
    waiting.timer.cancel();
    this.waiting.delete(key);
    const { execution, flow, state, conversation } = waiting;
    const inbound = toTriggerVariables(incoming, this.options.account.accountSid);
    const earlier = execution.context.widgets[state.name] as object | undefined;
    execution.context.widgets[state.name] = { ...earlier, inbound };
    this.run(execution, flow, state, 'incomingMessage', conversation);
  }

  /** Leaves `from` by `event` and goes on until a widget waits or nothing comes next. */
  private run(
    execution: Execution,
    flow: Flow,
    from: State,
    event: string,
    conversation: Conversation,
    error: string | null = null,
  ): void {
    const next = from.transitions.find((transition) => transition.event === event)?.next;
    const state = flow.definition.states.find((one) => nameOf(one) === next);
    this.record(execution, from, event, state, error);
    if (!state) return this.finish(execution);
    if (execution.steps.length >= MAX_STEPS)
      return this.fail(execution, state, 'The Flow goes round in circles');
    const widget = WIDGETS[state.type];
    if (!widget) return this.fail(execution, state, `The emulator does not run the widget ${state.type}`);

    const { account, conversations, flex, clock } = this.options;
    const { workspaceSid } = account;
    const { context } = execution;
    const result = widget({ state, conversation, context, conversations, flex, workspaceSid });
    if (result.variables) context.widgets[state.name] = result.variables;
    if (result.waitMs !== undefined) {
      const key = `${flow.sid}/${conversation.sid}`;
      const timer = clock.after(result.waitMs, () => {
        this.waiting.delete(key);
        this.run(execution, flow, state, 'timeout', conversation);
      });
      this.waiting.set(key, { execution, flow, state, conversation, timer });
      return;
    }
    this.run(execution, flow, state, result.event!, conversation, result.error ?? null);
  }

  private fail(execution: Execution, state: State, error: string): void {
    this.record(execution, state, 'error', undefined, error);
    this.finish(execution);
  }

  private record(
    execution: Execution,
    from: State,
    event: string,
    to: State | undefined,
    error: string | null,
  ): void {
    const now = this.options.clock.date();
    const step: Step = {
      sid: createSid('FT'),
      executionSid: execution.sid,
      name: event,
      type: from.type,
      transitionedFrom: nameOf(from),
      transitionedTo: to ? nameOf(to) : 'Ended',
      context: structuredClone({ ...execution.context, ...(error !== null && { error }) }),
      dateCreated: now,
    };
    execution.steps.push(step);
    if (error !== null) execution.error = error;
    execution.dateUpdated = now;
    this.events.emit('stepRan', { execution, step });
  }

  private finish(execution: Execution): void {
    if (execution.status === 'ended') return;
    execution.status = 'ended';
    execution.dateUpdated = this.options.clock.date();
    this.events.emit('executionEnded', { execution });
  }
}

/** Only a trigger may go without a name. */
function nameOf(state: State): string {
  return state.name ?? 'Trigger';
}
