/** Tasks offered to the agent, and those they are working on. */
import type { Desk } from '../desk';
import { conversationSidOf, customerNameOf, type DeskState, type DeskTask } from '../desk-state';
import { sinceText } from './time';

export function TaskList({ desk, state }: { desk: Desk; state: DeskState }) {
  const waiting = state.tasks.filter(({ reservationStatus }) => reservationStatus === 'pending');
  const mine = state.tasks.filter(({ reservationStatus }) => reservationStatus !== 'pending');
  return (
    <nav class="tasks" aria-label="Tasks">
      <h2 class="section">
        Waiting <span class="count">{waiting.length}</span>
      </h2>
      {waiting.length === 0 && (
        <p class="hint">No task is waiting. Write as the customer, and one appears.</p>
      )}
      <ul class="cards" aria-label="Waiting tasks">
        {waiting.map((task) => (
          <WaitingTask key={task.reservationSid} task={task} desk={desk} />
        ))}
      </ul>
      {mine.length > 0 && <h2 class="section">My chats</h2>}
      <ul class="cards" aria-label="My chats">
        {mine.map((task) => (
          <li key={task.reservationSid}>
            <button
              type="button"
              class="card card-mine"
              aria-current={task.taskSid === state.selectedTaskSid}
              onClick={() => desk.select(task.taskSid)}
            >
              <span class="card-name">{customerNameOf(task)}</span>
              <span class="card-line">{lastWords(task, state)}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function WaitingTask({ task, desk }: { task: DeskTask; desk: Desk }) {
  const name = customerNameOf(task);
  return (
    <li class="card card-waiting" aria-label={`Task from ${name}`}>
      <div class="card-head">
        <span class="card-name">{name}</span>
        <span class="card-age">{sinceText(Date.parse(task.dateCreated))}</span>
      </div>
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

/** What an agent wants to know first; the rest is one click away. */
const FIRST = ['customerName', 'conversationSid', 'channelType', 'from'];

export function Attributes({ attributes }: { attributes: Record<string, unknown> }) {
  const preEngagement = flatten(attributes['pre_engagement_data'] ?? attributes['preEngagementData']);
  const first = [...FIRST.map((key) => [key, attributes[key]] as const), ...preEngagement]
    .filter(([, value]) => typeof value === 'string' && value !== '')
    // Several products name the customer; once is enough.
    .filter(([, value], position, all) => all.findIndex((other) => other[1] === value) === position);
  return (
    <>
      <dl class="facts">
        {first.map(([key, value]) => (
          <div key={key} class="fact">
            <dt>{key}</dt>
            <dd title={String(value)}>{String(value)}</dd>
          </div>
        ))}
      </dl>
      <details class="all">
        <summary>All task attributes</summary>
        <pre>{JSON.stringify(attributes, null, 2)}</pre>
      </details>
    </>
  );
}

/** Pre-engagement data, which some Flows pass on as an object and some as JSON text. */
function flatten(data: unknown): [string, unknown][] {
  if (typeof data === 'object' && data !== null) return Object.entries(data);
  if (typeof data !== 'string') return [];
  try {
    return flatten(JSON.parse(data));
  } catch {
    return [['pre_engagement_data', data]];
  }
}

function lastWords(task: DeskTask, { chats }: DeskState): string {
  if (task.reservationStatus === 'wrapping') return 'Wrap-up';
  const chat = chats[conversationSidOf(task) ?? ''];
  if (chat?.customerTyping) return 'typing…';
  return chat?.messages.at(-1)?.body ?? '';
}
