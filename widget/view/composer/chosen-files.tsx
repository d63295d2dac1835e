/** The files that are attached to the draft, and those that could not be attached. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Attachment, AttachmentLimits, FileProblem } from '../../state/model';
import type { Text } from '../../text/text';
import { FileName } from '../files/file-name';
import { fileProblemText, isImage, linkOf, sizeText } from '../files/file-text';
import { FileIcon, RemoveIcon } from '../icons';

interface ChosenFilesProps {
  files: readonly Attachment[];
  text: Text;
  onRemove: (key: string) => void;
  /** Called when the last file was removed with the focus on it. */
  onEmpty: () => void;
}

export function ChosenFiles({ files, text, onRemove, onEmpty }: ChosenFilesProps) {
  const list = useRef<HTMLUListElement>(null);
  /** The position of the file that was just removed. */
  const removed = useRef<number | null>(null);

  useLayoutEffect(() => {
    if (removed.current === null) return;
    const buttons = list.current?.querySelectorAll('button') ?? [];
    const next = buttons[Math.min(removed.current, buttons.length - 1)];
    removed.current = null;
    if (next) next.focus();
    else onEmpty();
  }, [files.length]);

  if (files.length === 0) return null;
  return (
    <ul class="chosen" aria-label={text.attached} ref={list}>
      {files.map((file, position) => (
        <li key={file.key} class="chosen-file">
          <Thumbnail file={file} />
          <span class="chosen-text">
            <FileName name={file.name} />
            <span class="file-size">{sizeText(file.size, text.language)}</span>
          </span>
          <button
            type="button"
            class="icon-button chosen-remove"
            aria-label={text.removeFile(file.name)}
            title={text.removeFile(file.name)}
            onClick={() => {
              removed.current = position;
              onRemove(file.key);
            }}
          >
            <RemoveIcon />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** A preview, if the browser can draw the picture and the page's policy allows it. */
function Thumbnail({ file }: { file: Attachment }) {
  const image = useRef<HTMLImageElement>(null);
  const url = isImage(file) ? (linkOf(file)?.url ?? null) : null;
  return (
    <span class="chosen-thumbnail" aria-hidden="true">
      <FileIcon />
      {url !== null && <img ref={image} src={url} alt="" onError={() => (image.current!.hidden = true)} />}
    </span>
  );
}

interface FileProblemsProps {
  problems: readonly FileProblem[];
  limits: AttachmentLimits;
  text: Text;
}

/** Always in the page, so that screen readers announce what appears in it. */
export function FileProblems({ problems, limits, text }: FileProblemsProps) {
  return (
    <div role="alert" class={problems.length > 0 ? 'file-problems' : ''}>
      {problems.map((problem, position) => (
        <p key={position}>{fileProblemText(problem, limits, text)}</p>
      ))}
    </div>
  );
}
