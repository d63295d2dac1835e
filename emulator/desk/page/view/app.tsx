/** The desk: tasks on the left, the chat in the middle, the timeline on the right; a narrow window shows one of them. */
import { useEffect, useState } from 'preact/hooks';
import type { Desk } from '../desk';
import { unreadIn, type DeskState } from '../state/desk-state';
import { Bar } from './bar';
import { ChatPanel } from './chat-panel';
import { ControlsPanel } from './controls-panel';
import { useKeptFocus } from './focus';
import { TaskList } from './task-list';
import { TimelinePanel } from './timeline-panel';
import { ViewSwitch } from './view-switch';

export function App({ desk }: { desk: Desk }) {
  const state = useDeskState(desk);
  const unread = unreadIn(state);
  useKeptFocus();
  useEffect(() => {
    const title = state.agentName ? `${state.agentName} · Agent desk` : 'Agent desk';
    document.title = unread > 0 ? `(${unread}) ${title}` : title;
  }, [unread, state.agentName]);
  return (
    <div class={`desk desk-${state.view}`}>
      <Bar desk={desk} state={state} />
      {state.controlsShown && <ControlsPanel controls={desk.controls} />}
      <p role="status" class={state.notice ? 'notice' : ''}>
        {state.notice && (
          <>
            {state.notice} <Dismiss onClick={() => desk.store.change({ notice: null })} />
          </>
        )}
      </p>
      <div role="alert" class={state.problem ? 'problem' : ''}>
        {state.problem && (
          <>
            {state.problem} <Dismiss onClick={() => desk.store.change({ problem: null })} />
          </>
        )}
      </div>
      <ViewSwitch desk={desk} state={state} unread={unread} />
      <main class="columns">
        <TaskList desk={desk} state={state} />
        <ChatPanel desk={desk} state={state} />
        <TimelinePanel desk={desk} state={state} />
      </main>
    </div>
  );
}

function Dismiss({ onClick }: { onClick: () => void }) {
  return (
    <button type="button" class="link" onClick={onClick}>
      Dismiss
    </button>
  );
}

function useDeskState(desk: Desk): DeskState {
  const [state, setState] = useState(desk.state);
  useEffect(() => {
    setState(desk.state);
    return desk.store.subscribe(setState);
  }, [desk]);
  return state;
}
