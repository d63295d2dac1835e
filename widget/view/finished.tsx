/** What stands in place of the composer when the chat is over. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Text } from '../text/text';

interface FinishedProps {
  text: Text;
  /** The composer had the focus, and is gone. */
  takesFocus: boolean;
  canSave: boolean;
  onStartOver: () => void;
  onSave: () => void;
  onForget: () => void;
}

export function Finished({ text, takesFocus, canSave, onStartOver, onSave, onForget }: FinishedProps) {
  const group = useRef<HTMLDivElement>(null);
  // The group, not the button: a key that was meant for the composer must not start a new chat.
  useLayoutEffect(() => {
    if (takesFocus) group.current!.focus();
  }, []);
  return (
    <div class="over" role="group" aria-label={text.endedStatus} tabIndex={-1} ref={group}>
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
