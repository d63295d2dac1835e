/** The attachments of a message: pictures and files. Their URLs expire within minutes, so each is requested when needed. */
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Attachment, ChatMessage } from '../../state/model';
import type { Text } from '../../text/text';
import { FileName } from '../files/file-name';
import { isImage, linkOf, sizeText } from '../files/file-text';
import { FileIcon } from '../icons';

interface AttachmentsProps {
  message: ChatMessage;
  text: Text;
  /** Null while there is no connection. */
  onLink: ((key: string) => Promise<string | null>) | null;
  /** Shows a picture in place. */
  onShow: (key: string) => void;
}

export function Attachments({ message, text, onLink, onShow }: AttachmentsProps) {
  // The key is valid for Twilio only after the message has arrived.
  const ask = message.index === null ? null : onLink;
  const tiles = message.attachments.map((attachment, position) => (
    // Not the attachment's key: it changes when the message arrives, which would draw the picture again.
    <AttachmentTile key={position} attachment={attachment} text={text} onLink={ask} onShow={onShow} />
  ));
  const hasSeveral = message.attachments.filter(isImage).length > 1;
  return hasSeveral ? <div class="grid">{tiles}</div> : <>{tiles}</>;
}

interface TileProps {
  attachment: Attachment;
  text: Text;
  onLink: ((key: string) => Promise<string | null>) | null;
  onShow: (key: string) => void;
}

function AttachmentTile({ attachment, text, onLink, onShow }: TileProps) {
  const { key, name, size, link } = attachment;
  const tile = useRef<HTMLElement>(null);
  /** URLs whose picture could not be drawn. */
  const [broken, setBroken] = useState<readonly string[]>([]);
  const found = linkOf(attachment);
  const url = found?.url ?? null;
  // The visitor's own file is shown, but never opened: it would run on the site's origin.
  const href = url?.startsWith('http') ? url : undefined;
  const isPicture = isImage(attachment) && link !== 'failed' && !(url !== null && broken.includes(url));

  useEffect(() => {
    if (link !== null || !onLink) return;
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      watch.disconnect();
      void onLink(key);
    });
    watch.observe(tile.current!);
    return () => watch.disconnect();
  }, [link, onLink !== null]);

  const open = (event: Event): void => {
    if (href && found!.until > Date.now()) return;
    event.preventDefault();
    if (onLink && link !== 'loading') void onLink(key).then((fresh) => fresh && openInNewTab(fresh));
  };
  const onBroken = (): void => {
    setBroken([...broken, url!]);
    // The URL may have expired.
    if (broken.length === 0 && href && onLink) void onLink(key);
  };
  if (isPicture) {
    return (
      <button
        ref={tile as RefObject<HTMLButtonElement>}
        type="button"
        class="picture"
        aria-haspopup="dialog"
        onClick={() => onShow(key)}
      >
        {url === null ? (
          <span class="visually-hidden">{text.image(name)}</span>
        ) : (
          <img class="picture-image" src={url} alt={text.image(name)} onError={onBroken} />
        )}
      </button>
    );
  }
  return (
    <a
      ref={tile as RefObject<HTMLAnchorElement>}
      class="file"
      href={href}
      // A link without an address, which is requested on a click.
      role={href ? undefined : 'link'}
      tabIndex={0}
      aria-disabled={!href && !onLink}
      target="_blank"
      rel="noopener noreferrer"
      onClick={open}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !href) open(event);
      }}
    >
      <FileIcon />
      <span class="file-text">
        <FileName name={name} />
        <span class="file-size">{link === 'failed' ? text.notLoaded : sizeText(size, text.language)}</span>
      </span>
      <span class="visually-hidden"> {text.newTab}</span>
    </a>
  );
}

/** Through a temporary link, so that the other page gets neither opener nor referrer. */
function openInNewTab(url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  link.click();
}
