/** Step 6: the execution of the Flow, widget by widget. */
import type { Clock } from '../../core/clock';
import type { Execution } from '../../studio/model';
import type { Studio } from '../../studio/domain';
import type { TimelineFact } from './entry';
import type { Timeline } from './timeline';

export function followStudio(timeline: Timeline, studio: Studio, clock: Clock): void {
  /** The execution that brought the Conversation to Flex: the first one. By Conversation SID. */
  const first = new Map<string, string>();
  const add = (execution: Execution, fact: Pick<TimelineFact, 'title' | 'summary' | 'detail'>): void => {
    const { conversationSid, sid } = execution;
    if (conversationSid === null) return;
    timeline.add({
      step: first.get(conversationSid) === sid ? '6' : 'again',
      conversationSid,
      kind: 'event',
      product: 'Studio',
      at: clock.now(),
      ...fact,
    });
  };

  studio.events.onFirst('executionStarted', ({ execution, flow, message }) => {
    const { conversationSid } = execution;
    if (conversationSid !== null && !first.has(conversationSid)) first.set(conversationSid, execution.sid);
    add(execution, {
      title: 'Execution started',
      summary: `${flow.friendlyName}, revision ${flow.revision}`,
      detail: { ...toPlain(execution), message, definition: flow.definition },
    });
  });
  studio.events.onFirst('stepRan', ({ execution, step }) => {
    const { context, ...rest } = step;
    add(execution, {
      title: `${step.transitionedFrom} → ${step.transitionedTo}`,
      summary: 'error' in context ? `${step.name}: ${String(context.error)}` : step.name,
      detail: { ...rest, context },
    });
  });
  studio.events.onFirst('executionEnded', ({ execution }) =>
    add(execution, {
      title: 'Execution ended',
      summary: execution.error ?? 'without errors',
      detail: toPlain(execution),
    }),
  );
}

/** Steps and context have entries of their own. */
function toPlain({ steps: _steps, context: _context, ...execution }: Execution): object {
  return execution;
}
