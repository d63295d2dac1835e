/** The desk: tasks on the left, the chat in the middle, the timeline on the right. */
import { useEffect, useState } from 'preact/hooks';
import type { Desk } from '../desk';
import type { DeskState } from '../desk-state';
import { ChatPanel } from './chat-panel';
import { TaskList } from './task-list';
import { TimelinePanel } from './timeline-panel';

export function App({ desk }: { desk: Desk }) {
  const state = useDeskState(desk);
  return (
    <div class="desk">
      <header class="bar">
        <h1 class="bar-title">Agent desk</h1>
        <span class="bar-note">Twilio emulator · nothing leaves this machine</span>
        <span class="bar-agent">
          <span class={state.online ? 'dot dot-on' : 'dot'} aria-hidden="true" />
          {state.agentName ?? '…'}
          <span class="bar-state">{state.online ? 'Available' : 'Connecting…'}</span>
        </span>
      </header>
      <div role="alert" class={state.problem ? 'problem' : ''}>
        {state.problem && (
          <>
            {state.problem}{' '}
            <button type="button" class="link" onClick={() => desk.dismissProblem()}>
              Dismiss
            </button>
          </>
        )}
      </div>
      <div class="columns">
        <TaskList desk={desk} state={state} />
        <ChatPanel desk={desk} state={state} />
        <TimelinePanel desk={desk} state={state} />
      </div>
    </div>
  );
}

function useDeskState(desk: Desk): DeskState {
  const [state, setState] = useState(desk.state);
  useEffect(() => {
    setState(desk.state);
    return desk.subscribe(setState);
  }, [desk]);
  return state;
}
