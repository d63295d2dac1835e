/** Where a chat can be transferred. Transfers of chats are cold: the next agent accepts, then this one leaves. */
import type { Desk } from '../desk';
import type { DeskState } from '../state/desk-state';
import type { DeskTask } from '../state/tasks';

export function TransferMenu({ desk, state, task }: { desk: Desk; state: DeskState; task: DeskTask }) {
  const { agents, activities, queues } = state.overview;
  const others = agents
    .filter(({ name }) => name !== state.agentName)
    .map(({ workerSid, name, activitySid }) => ({
      sid: workerSid,
      name,
      about: activities.find(({ sid }) => sid === activitySid),
    }));
  return (
    <section class="transfer" aria-label="Transfer">
      <ul class="transfer-list">
        {others.map(({ sid, name, about }) => (
          <li key={sid}>
            <button
              type="button"
              class="transfer-target"
              aria-label={`Transfer to ${name}, ${about?.name}`}
              onClick={() => void desk.transfer(task, sid)}
            >
              <span class={about?.available ? 'dot dot-on' : 'dot'} aria-hidden="true" />
              {name}
              <span class="hint">{about?.name}</span>
            </button>
          </li>
        ))}
        {queues.map(({ sid, name }) => (
          <li key={sid}>
            <button
              type="button"
              class="transfer-target"
              aria-label={`Transfer to ${name}, queue`}
              onClick={() => void desk.transfer(task, sid)}
            >
              {name}
              <span class="hint">queue</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function TransferNotice({ desk, task, toName }: { desk: Desk; task: DeskTask; toName: string }) {
  return (
    <p class="transfer-notice">
      Transfer to {toName}: waiting for an answer.{' '}
      <button type="button" class="link" onClick={() => void desk.takeBack(task)}>
        Take back
      </button>
    </p>
  );
}
