/** Who the visitor is talking to, how things stand, and the ways out. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatState } from '../../state/model';
import type { Text } from '../../text/text';
import { ChatIcon, CloseIcon, EndIcon, SoundIcon } from '../icons';
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
  const isHere = state.phase === 'open' && agent !== undefined && state.connection === 'connected';
  const canEnd = state.phase === 'open' && state.connection !== 'lost';
  const [isAsking, setAsking] = useState(false);
  useEffect(() => {
    if (!canEnd) setAsking(false);
  }, [canEnd]);
  return (
    <>
      <header class="header">
        <span class={agent ? 'avatar avatar-agent' : 'avatar'} aria-hidden="true">
          {agent ? firstLetter(agent.name) : <ChatIcon />}
          {isHere && <span class="avatar-dot" />}
        </span>
        <div class="header-text">
          <h2 class="title">
            <bdi>{agent ? agent.name : title}</bdi>
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
      </header>
      {isAsking && canEnd && (
        <EndQuestion text={text} isEnding={state.isEnding} onYes={onEnd} onNo={() => setAsking(false)} />
      )}
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
  // The harmless answer first: ending cannot be taken back.
  useEffect(() => no.current!.focus(), []);
  return (
    <div class="end-question" role="group" aria-label={text.endQuestion}>
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

function statusText({ phase, connection }: ChatState, hasAgent: boolean, text: Text): string {
  if (phase === 'ended') return text.endedStatus;
  if (phase === 'new') return text.readyStatus;
  if (phase === 'starting' || connection !== 'connected') return text.startingStatus;
  return hasAgent ? text.agentStatus : text.waitingStatus;
}
