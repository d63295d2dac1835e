/** Replaces the composer when the chat has ended. */
import type { ComponentChildren } from 'preact';
import type { Text } from '../../text/text';

interface FinishedProps {
  text: Text;
  canSave: boolean;
  /** The survey, if the site wants one. */
  children: ComponentChildren;
  onStartOver: () => void;
  onSave: () => void;
  onForget: () => void;
  /** Undefined for anonymous visitors. */
  onPast: (() => void) | undefined;
}

export function Finished(props: FinishedProps) {
  const { text, canSave, children, onStartOver, onSave, onForget, onPast } = props;
  return (
    <div class="over" role="group" aria-label={text.endedStatus} tabIndex={-1}>
      {children}
      <button type="button" class="button" onClick={onStartOver}>
        {text.startOver}
      </button>
      <div class="over-more">
        {canSave && (
          <button type="button" class="link" onClick={onSave}>
            {text.download}
          </button>
        )}
        {onPast && (
          <button type="button" class="link" onClick={onPast}>
            {text.past}
          </button>
        )}
        <button type="button" class="link" onClick={onForget}>
          {text.forget}
        </button>
      </div>
    </div>
  );
}
