/** A message's attachments: pictures, and files to open. Links to media expire within minutes, so each is requested when needed. */
import { useEffect, useState } from 'preact/hooks';
import type { Desk } from '../desk';
import type { DeskMedia } from '../state/chats';

export function MediaList({ media, desk }: { media: readonly DeskMedia[]; desk: Desk }) {
  return (
    <>
      {media.map((one) =>
        one.contentType.startsWith('image/') ? (
          <Picture key={one.sid} media={one} desk={desk} />
        ) : (
          <button key={one.sid} type="button" class="media-file" onClick={() => void desk.openMedia(one.sid)}>
            {`${one.name} (${Math.ceil(one.size / 1024)} KB)`}
          </button>
        ),
      )}
    </>
  );
}

function Picture({ media: { sid, name }, desk }: { media: DeskMedia; desk: Desk }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    void desk.mediaUrl(sid).then(setUrl);
  }, [sid]);
  return (
    <button
      type="button"
      class="media-picture"
      aria-label={`Open ${name}`}
      onClick={() => void desk.openMedia(sid)}
    >
      {url === null ? name : <img src={url} alt={name} />}
    </button>
  );
}
