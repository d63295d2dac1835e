/** Where the visitor writes. Enter sends, Shift+Enter starts a line, and the text is never taken away. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Text } from '../text/text';
import { SendIcon } from './icons';

interface ComposerProps {
  text: Text;
  /** What is hidden has no height to measure. */
  isOpen: boolean;
  /** When it appears. */
  takesFocus: boolean;
  draft: string;
  onDraft: (draft: string) => void;
  /** False where something else is missing first; it has the focus then. */
  onSend: (body: string) => boolean;
}

export function Composer({ text, isOpen, takesFocus, draft, onDraft, onSend }: ComposerProps) {
  const input = useRef<HTMLTextAreaElement>(null);
  const isEmpty = draft.trim() === '';

  // Grows with its text, up to the height that the style sheet allows. Set through the DOM, so a strict CSP agrees.
  useLayoutEffect(() => {
    const element = input.current!;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [draft, isOpen]);

  useLayoutEffect(() => {
    if (takesFocus) input.current!.focus();
  }, []);

  const send = (): void => {
    if (isEmpty) return;
    if (onSend(draft)) input.current?.focus();
  };
  const onKeyDown = (event: JSX.TargetedKeyboardEvent<HTMLTextAreaElement>): void => {
    // During composition Enter picks a character (Japanese, Chinese, Korean).
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    send();
  };
  return (
    <form class="composer" onSubmit={onSubmit}>
      <textarea
        ref={input}
        class="composer-input"
        rows={1}
        // Empty, it follows the panel, for its placeholder's sake.
        dir={isEmpty ? undefined : 'auto'}
        aria-label={text.composer}
        placeholder={text.composerPlaceholder}
        // Twilio takes 32 KB in one message; this leaves room for four bytes a character.
        maxLength={8000}
        value={draft}
        onInput={(event) => onDraft(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <button type="submit" class="composer-send" aria-label={text.send} aria-disabled={isEmpty}>
        <SendIcon />
      </button>
    </form>
  );
}
