/** Tells screen readers what is new, apart from the transcript, so that reading back is not interrupted twice. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatState, TranscriptItem } from '../../state/model';
import { lastIndex } from '../../state/transcript';
import type { Text } from '../../text/text';
import { messageText } from '../files/file-text';
import { authorName, noticeText } from '../transcript/transcript-text';

/** Long enough to be read out, short enough not to be found again while browsing the page. */
const LINGER_MS = 1_000;

export function Announcer({ state, text }: { state: ChatState; text: Text }) {
  const [lines, setLines] = useState<{ key: string; text: string }[]>([]);
  const known = useRef(new Set<string>());
  const newest = useRef(-1);

  useEffect(() => {
    const news = state.items.filter((item) => !known.current.has(newsKey(item)));
    for (const item of news) known.current.add(newsKey(item));
    const since = newest.current;
    newest.current = lastIndex(state.items) ?? -1;
    // What a reload or an earlier page brings back is no news.
    if (state.phase === 'starting') return;
    const spoken = news.flatMap((item) => {
      if (item.kind === 'message' && item.index !== null && item.index < since) return [];
      const line = announcement(item, text);
      return line === null ? [] : [{ key: newsKey(item), text: line }];
    });
    if (spoken.length === 0) return;
    setLines((before) => [...before, ...spoken]);
    setTimeout(() => setLines((now) => now.filter((line) => !spoken.includes(line))), LINGER_MS);
  }, [state.items]);

  return (
    <div class="visually-hidden" role="status" aria-live="polite" aria-atomic="false">
      {lines.map((line) => (
        <p key={line.key}>{line.text}</p>
      ))}
    </div>
  );
}

/** A message that could not be sent is news once more. */
function newsKey(item: TranscriptItem): string {
  return item.kind === 'message' && item.status === 'failed' ? `${item.key}:failed` : item.key;
}

function announcement(item: TranscriptItem, text: Text): string | null {
  if (item.kind === 'notice') return noticeText(item, text);
  if (item.status === 'failed') return `${text.failed} ${messageText(item, text, ', ')}`;
  return item.author === 'visitor' ? null : text.said(authorName(item, text), messageText(item, text, ', '));
}
