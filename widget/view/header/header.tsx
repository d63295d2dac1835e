/** The agent's name, the status of the chat, and the buttons to close or end it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatState } from '../../state/model';
import type { Text } from '../../text/text';
import { ChatIcon, CloseIcon, EndIcon, SoundIcon } from '../icons';
import { closedNow } from '../problem-text';
import { isMuted, mute } from '../news/sound';
import { firstLetter } from './first-letter';

interface HeaderProps {
  state: ChatState;
  text: Text;
  title: string;
  hasSound: boolean;
  onEnd: () => void;
  onClose: (() => void) | undefined;
}

export function Header({ state, text, title, hasSound, onEnd, onClose }: HeaderProps) {
  const agent = state.agents.findLast(({ present }) => present);
  const name = agent && (agent.name || text.agent);
  const isHere = state.phase === 'open' && agent !== undefined && state.connection === 'connected';
  const canEnd = state.phase === 'open' && state.connection !== 'lost';
  const [isAsking, setAsking] = useState(false);
  const endButton = useRef<HTMLButtonElement>(null);
  const goOn = (): void => {
    setAsking(false);
    endButton.current?.focus();
  };
  useEffect(() => {
    if (!canEnd) setAsking(false);
  }, [canEnd]);
  return (
    <>
      <div class="header">
        <span class={agent ? 'avatar avatar-agent' : 'avatar'} aria-hidden="true">
          {name ? firstLetter(name, text.language) : <ChatIcon />}
          {isHere && <span class="avatar-dot" />}
        </span>
        <div class="header-text">
          <h2 class="title">
            <bdi>{name ?? title}</bdi>
          </h2>
          <p class="status">{statusText(state, agent !== undefined, text)}</p>
        </div>
        {hasSound && <SoundButton text={text} />}
        {canEnd && (
          <button
            type="button"
            class="icon-button"
            aria-label={text.endChat}
            title={text.endChat}
            aria-expanded={isAsking}
            ref={endButton}
            onClick={() => setAsking(!isAsking)}
          >
            <EndIcon />
          </button>
        )}
        {onClose && (
          <button
            type="button"
            class="icon-button"
            aria-label={text.close}
            title={text.close}
            onClick={onClose}
          >
            <CloseIcon />
          </button>
        )}
      </div>
      {isAsking && canEnd && <EndQuestion text={text} isEnding={state.isEnding} onYes={onEnd} onNo={goOn} />}
    </>
  );
}

function SoundButton({ text }: { text: Text }) {
  const [isSilent, setSilent] = useState(isMuted());
  const toggle = (): void => {
    mute(!isSilent);
    setSilent(!isSilent);
  };
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={text.sound}
      title={text.sound}
      aria-pressed={!isSilent}
      onClick={toggle}
    >
      <SoundIcon isSilent={isSilent} />
    </button>
  );
}

interface EndQuestionProps {
  text: Text;
  isEnding: boolean;
  onYes: () => void;
  onNo: () => void;
}

function EndQuestion({ text, isEnding, onYes, onNo }: EndQuestionProps) {
  const no = useRef<HTMLButtonElement>(null);
  // The focus is on the safe answer, because ending cannot be undone.
  useEffect(() => no.current!.focus(), []);
  return (
    <div
      class="end-question"
      role="group"
      aria-label={text.endQuestion}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Escape answers the question and does not close the panel.
        event.stopPropagation();
        event.preventDefault();
        onNo();
      }}
    >
      <p class="end-question-text">{isEnding ? text.ending : text.endQuestion}</p>
      <button type="button" class="small-button" ref={no} onClick={onNo}>
        {text.endNo}
      </button>
      <button type="button" class="small-button small-button-danger" aria-disabled={isEnding} onClick={onYes}>
        {text.endChat}
      </button>
    </div>
  );
}

/** Null while the banner says more: chats cannot be started now, or this one is lost. */
function statusText(state: ChatState, hasAgent: boolean, text: Text): string | null {
  const { phase, connection, agents, openHours } = state;
  if (phase === 'ended') return text.endedStatus;
  if (connection === 'lost') return null;
  if (phase === 'new') return closedNow(openHours) ? null : text.readyStatus;
  if (phase === 'starting' || connection !== 'connected') return text.startingStatus;
  if (agents.at(-1)?.isBot) return text.readyStatus;
  if (hasAgent) return text.agentStatus;
  return agents.length > 0 ? text.agentGoneStatus : text.waitingStatus;
}
