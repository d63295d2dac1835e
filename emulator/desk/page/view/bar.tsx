/** The agent, and the agent's Activity. */
import type { Desk } from '../desk';
import type { DeskState } from '../state/desk-state';

export function Bar({ desk, state }: { desk: Desk; state: DeskState }) {
  const { activities, agents, activitySid } = state.overview;
  const activity = activities.find(({ sid }) => sid === activitySid);
  const me = agents.find(({ name }) => name === state.agentName);
  return (
    <header class="bar">
      <h1 class="bar-title">Agent desk</h1>
      <span class="bar-note">Twilio emulator · nothing leaves this machine</span>
      <button
        type="button"
        class="button button-quiet bar-controls"
        aria-expanded={state.controlsShown}
        onClick={() => desk.store.change({ controlsShown: !state.controlsShown })}
      >
        Controls
      </button>
      <span class="bar-agent">
        {!state.online && <span class="bar-state">Connecting…</span>}
        <select
          aria-label="Agent"
          value={me?.login ?? ''}
          onChange={(event) => (location.search = `?agent=${event.currentTarget.value}`)}
        >
          {agents.map(({ login, name, workerSid }) => (
            <option key={workerSid} value={login ?? ''} disabled={login === null}>
              {name}
            </option>
          ))}
        </select>
        <span class={activity?.available ? 'dot dot-on' : 'dot'} aria-hidden="true" />
        <select
          aria-label="Activity"
          value={activitySid}
          onChange={(event) => void desk.setActivity(event.currentTarget.value)}
        >
          {activities.map(({ sid, name }) => (
            <option key={sid} value={sid}>
              {name}
            </option>
          ))}
        </select>
      </span>
    </header>
  );
}
