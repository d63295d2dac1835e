/** The agent's text field. */
import { useRef } from 'preact/hooks';
import type { View } from '../state/desk-state';
import { useFocusIfLost } from './focus';

interface ComposerProps {
  /** Whether it is visible, so that it can have the focus. */
  view: View;
  draft: string;
  onDraft: (draft: string) => void;
  onSend: () => void;
  onFiles: (files: Iterable<File>) => void;
}

export function Composer({ view, draft, onDraft, onSend, onFiles }: ComposerProps) {
  const input = useRef<HTMLTextAreaElement>(null);
  useFocusIfLost(input, view);
  const picker = useRef<HTMLInputElement>(null);
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      <textarea
        ref={input}
        class="composer-input"
        rows={2}
        dir="auto"
        aria-label="Reply"
        placeholder="Reply…"
        value={draft}
        onInput={(event) => onDraft(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          onSend();
        }}
      />
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          onFiles([...currentTarget.files!]);
          currentTarget.value = '';
        }}
      />
      <button type="button" class="button button-quiet" onClick={() => picker.current!.click()}>
        Send file
      </button>
      <button type="submit" class="button" disabled={draft.trim() === ''}>
        Send
      </button>
    </form>
  );
}
