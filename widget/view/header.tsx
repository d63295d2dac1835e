/** Who the visitor is talking to, and how things stand. */
import type { ChatState } from '../state/model';
import { ChatIcon } from './icons';
import { TEXT } from './text';

export function Header({ state }: { state: ChatState }) {
  const agent = state.agents.findLast(({ present }) => present);
  const isHere = state.phase === 'open' && agent !== undefined && state.connection === 'connected';
  return (
    <header class="header">
      <span class={agent ? 'avatar avatar-agent' : 'avatar'} aria-hidden="true">
        {agent ? agent.name.slice(0, 1).toUpperCase() : <ChatIcon />}
        {isHere && <span class="avatar-dot" />}
      </span>
      <div class="header-text">
        <h1 class="title">{agent ? agent.name : TEXT.title}</h1>
        <p class="status">{statusText(state, agent !== undefined)}</p>
      </div>
    </header>
  );
}

function statusText({ phase, connection }: ChatState, hasAgent: boolean): string {
  if (phase === 'ended') return TEXT.endedStatus;
  if (phase === 'new') return TEXT.readyStatus;
  if (phase === 'starting' || connection !== 'connected') return TEXT.startingStatus;
  return hasAgent ? TEXT.agentStatus : TEXT.waitingStatus;
}
