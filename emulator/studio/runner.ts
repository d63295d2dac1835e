/** Moves executions through their Flows, widget by widget, until a widget waits, makes a call, or has no next widget. */
import type { ConversationsDomain } from '../conversations/domain';
import type { Account } from '../core/account';
import type { Bus } from '../core/bus';
import type { Clock, Timer } from '../core/clock';
import type { Flex } from '../flex/domain';
import type { StudioEvents } from './events';
import type { Flows } from './flows';
import { keep, stateNamed, type Frame } from './frame';
import { MAX_STEPS } from './limits';
import type { Execution, State, Transition } from './model';
import { Steps } from './steps';
import { toSubflowContext } from './variables';
import { WIDGETS } from './widgets/registry';
import type { Outside, WidgetResult } from './widgets/widget';

interface Waiting {
  frame: Frame;
  state: State;
  /** When it stops waiting. */
  until: Date;
}

interface RunnerOptions {
  clock: Clock;
  account: Account;
  conversations: ConversationsDomain;
  flex: Flex;
  flows: Flows;
  events: Bus<StudioEvents>;
  outside: Outside;
}

export class Runner {
  /** By SID of the execution. */
  private readonly waiting = new Map<string, Waiting>();
  private readonly timers = new Map<string, Timer>();
  private readonly asking = new Set<Promise<void>>();
  private readonly steps: Steps;

  constructor(private readonly options: RunnerOptions) {
    this.steps = new Steps(options.clock, options.events);
  }

  /** Resolves when no widget waits for an HTTP answer. */
  async settled(): Promise<void> {
    while (this.asking.size > 0) await Promise.all(this.asking);
  }

  /** From the start of the Flow, by one of its trigger's events. */
  start(frame: Frame, event: string): void {
    this.leave(frame, stateNamed(frame, frame.flow.definition.initial_state)!, event);
  }

  /** False if this execution does not wait for a message now. */
  reply(execution: Execution, inbound: Record<string, unknown>): boolean {
    const waiting = this.waiting.get(execution.sid);
    if (!waiting) return false;
    this.forget(execution);
    const { frame, state } = waiting;
    keep(frame, state, { ...(frame.context.widgets[state.name] as object | undefined), inbound });
    this.leave(frame, state, 'incomingMessage');
    return true;
  }

  /** Ends an execution from outside, or because nothing comes next. */
  end(execution: Execution): void {
    this.forget(execution);
    if (execution.status === 'ended') return;
    execution.status = 'ended';
    execution.dateUpdated = this.options.clock.date();
    this.options.events.emit('executionEnded', { execution });
  }

  /** Goes where `event` leads. `taken`: which of several transitions with this event. */
  private leave(
    frame: Frame,
    from: State,
    event: string,
    { taken, error = null }: { taken?: Transition | undefined; error?: string | null } = {},
  ): void {
    const transition = taken ?? from.transitions.find((one) => one.event === event);
    const to = stateNamed(frame, transition?.next);
    this.steps.record(frame, { from, to, event, error });
    if (!to) this.finish(frame);
    else this.enter(frame, to);
  }

  private enter(frame: Frame, state: State): void {
    if (frame.execution.steps.length >= MAX_STEPS) {
      return this.fail(frame, state, 'The Flow goes round in circles');
    }
    const run = WIDGETS[state.type]?.run;
    if (!run) return this.fail(frame, state, `The emulator does not run the widget ${state.type}`);
    const { account, conversations, flex, flows, outside } = this.options;
    const { context, conversation } = frame;
    const { workspaceSid } = account;
    let result: WidgetResult | Promise<WidgetResult>;
    try {
      result = run({ state, conversation, context, conversations, flex, flows, outside, workspaceSid });
    } catch (error) {
      return this.fail(frame, state, (error as Error).message);
    }
    if (!(result instanceof Promise)) return this.proceed(frame, state, result);
    const asking = result
      .then((answer) => this.proceed(frame, state, answer))
      .finally(() => this.asking.delete(asking));
    this.asking.add(asking);
  }

  private proceed(frame: Frame, state: State, result: WidgetResult): void {
    // Ended from outside, or with its world, while waiting for an answer.
    if (frame.execution.status === 'ended' || this.options.outside.stopped.aborted) return;
    const { event, transition, variables, waitMs, subflow, error } = result;
    if (variables) keep(frame, state, variables);
    if (waitMs !== undefined) return this.wait(frame, state, waitMs);
    if (subflow) {
      const context = toSubflowContext(frame, subflow.flow.sid, subflow.parameters);
      return this.start(
        { ...frame, flow: subflow.flow, context, caller: { frame, state } },
        'incomingParent',
      );
    }
    this.leave(frame, state, event!, { taken: transition, error: error ?? null });
  }

  private wait(frame: Frame, state: State, waitMs: number): void {
    const { execution } = frame;
    const until = new Date(this.options.clock.now() + waitMs);
    const waiting = { frame, state, until };
    this.waiting.set(execution.sid, waiting);
    this.startTimeout(waiting);
  }

  resume(): void {
    for (const waiting of this.waiting.values()) this.startTimeout(waiting);
  }

  private startTimeout({ frame, state, until }: Waiting): void {
    const timer = this.options.clock.at(until, () => {
      this.forget(frame.execution);
      this.leave(frame, state, 'timeout');
    });
    this.timers.set(frame.execution.sid, timer);
  }

  /** A Subflow hands its variables to the Flow that ran it. Source: docs https://www.twilio.com/docs/studio/widget-library/run-subflow */
  private finish({ execution, context, caller }: Frame): void {
    if (!caller) return this.end(execution);
    keep(caller.frame, caller.state, context.flow['variables'] as Record<string, unknown>);
    this.leave(caller.frame, caller.state, 'completed');
  }

  private fail(frame: Frame, state: State, error: string): void {
    this.steps.record(frame, { from: state, to: undefined, event: 'error', error });
    const { caller, execution } = frame;
    if (caller && execution.steps.length < MAX_STEPS) {
      this.leave(caller.frame, caller.state, 'failed', { error });
    } else this.end(execution);
  }

  private forget(execution: Execution): void {
    this.timers.get(execution.sid)?.cancel();
    this.timers.delete(execution.sid);
    this.waiting.delete(execution.sid);
  }
}
