/** What is over for this agent, and how it ended. */
import type { Desk } from '../desk';
import { conversationSidOf, customerNameOf, outcomeOf, type FinishedTask } from '../state/tasks';
import { timeText } from './time';

export function FinishedList({ tasks, desk }: { tasks: readonly FinishedTask[]; desk: Desk }) {
  if (tasks.length === 0) return null;
  return (
    <>
      <h2 class="section">
        Finished <span class="count">{tasks.length}</span>
      </h2>
      <ul class="cards" aria-label="Finished tasks">
        {tasks.map((task) => {
          const conversationSid = conversationSidOf(task);
          return (
            <li key={task.id}>
              <button
                type="button"
                class="card card-mine card-finished"
                disabled={conversationSid === null}
                onClick={() => desk.showTimeline(conversationSid!)}
              >
                <span class="card-head">
                  <span class="card-name">{customerNameOf(task)}</span>
                  <span class="card-age">{timeText(Date.parse(task.at))}</span>
                </span>
                <span class={`outcome outcome-${task.status}`}>{outcomeOf(task)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
