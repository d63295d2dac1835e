/** Tasks offered to the agent, those they are working on, and those that are over. */
import type { Desk } from '../desk';
import type { DeskState } from '../state/desk-state';
import { matches } from '../state/tasks';
import { FinishedList } from './finished-list';
import { MyChat, WaitingTask } from './task-card';

export function TaskList({ desk, state }: { desk: Desk; state: DeskState }) {
  const { taskFilter, overview } = state;
  const tasks = overview.tasks.filter((task) => matches(task, taskFilter));
  const waiting = tasks.filter(({ reservationStatus }) => reservationStatus === 'pending');
  const mine = tasks.filter(({ reservationStatus }) => reservationStatus !== 'pending');
  const finished = overview.finished.filter((task) => matches(task, taskFilter));
  const isAvailable = overview.activities.some(
    ({ sid, available }) => available && sid === overview.activitySid,
  );
  return (
    <nav class="tasks" tabIndex={-1} aria-label="Tasks">
      <input
        type="search"
        class="filter"
        aria-label="Find tasks"
        placeholder="Name, SID, attribute…"
        value={taskFilter}
        onInput={(event) => desk.store.change({ taskFilter: event.currentTarget.value })}
      />
      <h2 class="section">
        Waiting <span class="count">{waiting.length}</span>
      </h2>
      {waiting.length === 0 && (
        <p class="hint">
          {isAvailable
            ? 'No task is waiting. Write as the customer, and one appears.'
            : 'No task is waiting. This Activity takes none: choose Available.'}
        </p>
      )}
      <ul class="cards" aria-label="Waiting tasks">
        {waiting.map((task) => (
          <WaitingTask key={task.reservationSid} task={task} desk={desk} aheadMs={state.aheadMs} />
        ))}
      </ul>
      {mine.length > 0 && <h2 class="section">My chats</h2>}
      <ul class="cards" aria-label="My chats">
        {mine.map((task) => (
          <MyChat key={task.reservationSid} task={task} desk={desk} state={state} />
        ))}
      </ul>
      <FinishedList tasks={finished} desk={desk} />
    </nav>
  );
}
