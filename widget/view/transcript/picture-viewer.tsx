/** A picture of the chat at the size of the window, above the page and the panel. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Attachment } from '../../state/model';
import type { Text } from '../../text/text';
import { FileName } from '../files/file-name';
import { linkOf } from '../files/file-text';
import { RemoveIcon } from '../icons';

interface PictureViewerProps {
  picture: Attachment;
  text: Text;
  /** Gets a new URL; null while there is no connection. */
  onLink: ((key: string) => Promise<string | null>) | null;
  onClose: () => void;
}

export function PictureViewer({ picture, text, onLink, onClose }: PictureViewerProps) {
  const { key, name, link } = picture;
  const dialog = useRef<HTMLDialogElement>(null);
  /** URLs whose picture could not be drawn: the first may have expired. */
  const [broken, setBroken] = useState<readonly string[]>([]);
  const url = linkOf(picture)?.url;
  const isBroken = link === 'failed' || (url !== undefined && broken.includes(url));
  useEffect(() => dialog.current!.showModal(), []);
  // `close` returns the focus to the element that had it.
  const close = (): void => dialog.current!.close();
  const onError = (): void => {
    setBroken([...broken, url!]);
    if (broken.length === 0) void onLink?.(key);
  };
  return (
    <dialog
      class="viewer"
      ref={dialog}
      aria-label={text.image(name)}
      onClose={onClose}
      onClick={({ target }) => target === dialog.current && close()}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // The panel behind it stays open.
        event.stopPropagation();
        event.preventDefault();
        close();
      }}
    >
      <div class="viewer-bar">
        {url?.startsWith('http') ? (
          <a class="viewer-name" href={url} target="_blank" rel="noopener noreferrer">
            <FileName name={name} />
            <span class="visually-hidden"> {text.newTab}</span>
          </a>
        ) : (
          <span class="viewer-name">
            <FileName name={name} />
          </span>
        )}
        <button
          type="button"
          class="icon-button"
          aria-label={text.closePicture}
          title={text.closePicture}
          autoFocus
          onClick={close}
        >
          <RemoveIcon />
        </button>
      </div>
      {isBroken ? (
        <p class="viewer-broken">{text.notLoaded}</p>
      ) : (
        url && <img class="viewer-image" src={url} alt={text.image(name)} onError={onError} />
      )}
    </dialog>
  );
}
