/** What stands in place of the composer when the chat is over. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Text } from '../../text/text';

interface FinishedProps {
  text: Text;
  /** The composer had the focus, and is gone. */
  takesFocus: boolean;
  canSave: boolean;
  /** The survey, where there is one. */
  children: ComponentChildren;
  onStartOver: () => void;
  onSave: () => void;
  onForget: () => void;
}

export function Finished(props: FinishedProps) {
  const { text, takesFocus, canSave, children, onStartOver, onSave, onForget } = props;
  const group = useRef<HTMLDivElement>(null);
  // The group, not the button: a key that was meant for the composer must not start a new chat.
  useLayoutEffect(() => {
    if (takesFocus) group.current!.focus();
  }, []);
  return (
    <div class="over" role="group" aria-label={text.endedStatus} tabIndex={-1} ref={group}>
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
        <button type="button" class="link" onClick={onForget}>
          {text.forget}
        </button>
      </div>
    </div>
  );
}
