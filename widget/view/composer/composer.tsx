/** The input for messages. Enter sends, Shift+Enter starts a line. The text is never lost. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Attachment, AttachmentLimits, FileProblem } from '../../state/model';
import type { Text } from '../../text/text';
import { ChosenFiles, FileProblems } from './chosen-files';
import { AttachIcon, SendIcon } from '../icons';
import { isComposing } from '../keys';

interface ComposerProps {
  text: Text;
  /** A hidden element has no height to measure. */
  isOpen: boolean;
  draft: string;
  maxChars: number;
  files: readonly Attachment[];
  fileProblems: readonly FileProblem[];
  /** Null: no attachments. */
  limits: AttachmentLimits | null;
  onAttach: (files: Iterable<File>) => void;
  onDetach: (key: string) => void;
  onDraft: (draft: string) => void;
  /** Returns false if a required field is missing, which then has the focus. */
  onSend: (body: string) => boolean;
}

export function Composer(props: ComposerProps) {
  const { text, isOpen, draft, maxChars, files, fileProblems, limits } = props;
  const { onAttach, onDetach, onDraft, onSend } = props;
  const input = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const length = draft.trim().length;
  const isTooLong = length > maxChars;
  const isEmpty = draft.trim() === '' && files.length === 0;

  // Grows with its text, up to the height that the style sheet allows. Set through the DOM, which a strict CSP allows.
  useLayoutEffect(() => {
    const element = input.current!;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [draft, isOpen]);

  const figure = (count: number): string => new Intl.NumberFormat(text.language).format(count);
  const send = (): void => {
    if (isEmpty || isTooLong) return;
    if (onSend(draft)) input.current?.focus();
  };
  const onKeyDown = (event: JSX.TargetedKeyboardEvent<HTMLTextAreaElement>): void => {
    // During composition Enter picks a character (Japanese, Chinese, Korean).
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    send();
  };
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    send();
  };
  const onPaste = (event: ClipboardEvent): void => {
    const { files: pasted, types } = event.clipboardData!;
    // Office programs copy text together with a picture of it.
    if (!limits || pasted.length === 0 || types.includes('text/plain')) return;
    event.preventDefault();
    onAttach(pasted);
  };
  const onPick = ({ currentTarget }: JSX.TargetedEvent<HTMLInputElement>): void => {
    onAttach(currentTarget.files!);
    // So that choosing the same file again is a change, too.
    currentTarget.value = '';
    input.current!.focus();
  };
  return (
    <form class="composer" onSubmit={onSubmit}>
      <p id="too-long" aria-live="polite" class={isTooLong ? 'too-long' : ''}>
        {isTooLong && text.tooLong(figure(length), figure(maxChars))}
      </p>
      {limits && <FileProblems problems={fileProblems} limits={limits} text={text} />}
      <ChosenFiles files={files} text={text} onRemove={onDetach} onEmpty={() => input.current!.focus()} />
      {limits && (
        <>
          <input ref={picker} type="file" multiple hidden accept={limits.types} onChange={onPick} />
          <button
            type="button"
            class="icon-button composer-attach"
            aria-label={text.attach}
            title={text.attach}
            onClick={() => picker.current!.click()}
          >
            <AttachIcon />
          </button>
        </>
      )}
      <textarea
        ref={input}
        class="composer-input"
        rows={1}
        // When empty, inherit the panel's direction so that the placeholder is aligned.
        dir={draft === '' ? undefined : 'auto'}
        aria-label={text.composer}
        placeholder={text.composerPlaceholder}
        // No maxLength: it would cut off the end of what is pasted.
        aria-invalid={isTooLong}
        aria-describedby="too-long"
        value={draft}
        onInput={(event) => onDraft(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      <button type="submit" class="composer-send" aria-label={text.send} aria-disabled={isEmpty || isTooLong}>
        <SendIcon />
      </button>
    </form>
  );
}
