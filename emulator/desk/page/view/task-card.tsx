/** One Task in the list. */
import type { Desk } from '../desk';
import { unreadOf } from '../state/chats';
import { chatOf, type DeskState } from '../state/desk-state';
import { customerNameOf, type DeskTask } from '../state/tasks';
import { Attributes } from './attributes';
import { sinceText } from './time';

export function WaitingTask({ task, desk, aheadMs }: { task: DeskTask; desk: Desk; aheadMs: number }) {
  const name = customerNameOf(task);
  return (
    <li class="card card-waiting" aria-label={`Task from ${name}`}>
      <div class="card-head">
        <span class="card-name">{name}</span>
        <span class="card-age">{sinceText(Date.parse(task.dateCreated) - aheadMs)}</span>
      </div>
      {task.queueName && <span class="card-line">{task.queueName}</span>}
      <Attributes attributes={task.attributes} />
      <div class="card-actions">
        <button type="button" class="button" onClick={() => void desk.accept(task)}>
          Accept
        </button>
        <button type="button" class="button button-quiet" onClick={() => void desk.reject(task)}>
          Reject
        </button>
      </div>
    </li>
  );
}

export function MyChat({ task, desk, state }: { task: DeskTask; desk: Desk; state: DeskState }) {
  const chat = chatOf(state, task);
  const unread = chat ? unreadOf(chat) : 0;
  return (
    <li>
      <button
        type="button"
        class={unread > 0 ? 'card card-mine card-unread' : 'card card-mine'}
        aria-current={task.taskSid === state.selectedTaskSid}
        onClick={() => desk.select(task)}
      >
        <span class="card-head">
          <span class="card-name">{customerNameOf(task)}</span>
          {unread > 0 && (
            <span class="count count-new">
              {unread}
              <span class="visually-hidden"> unread</span>
            </span>
          )}
        </span>
        <span class="card-line">{lastWords(task, state)}</span>
      </button>
    </li>
  );
}

function lastWords(task: DeskTask, state: DeskState): string {
  if (task.reservationStatus === 'wrapping') return 'Wrap-up';
  if (task.transfer) return `Transfer to ${task.transfer.toName}`;
  const chat = chatOf(state, task);
  if (chat && chat.typing.length > 0) return 'typing…';
  const last = chat?.messages.at(-1);
  return last?.body || last?.media[0]?.name || '';
}
