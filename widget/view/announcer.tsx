/** Tells screen readers what is new, apart from the transcript, so that reading back is not interrupted twice. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatState, TranscriptItem } from '../state/model';
import { authorName } from './transcript';
import { TEXT } from './text';

/** Long enough to be read out, short enough not to be found again while browsing the page. */
const LINGER_MS = 1_000;

export function Announcer({ state }: { state: ChatState }) {
  const [lines, setLines] = useState<{ key: string; text: string }[]>([]);
  const known = useRef(new Set<string>());

  useEffect(() => {
    const news = state.items.filter((item) => !known.current.has(item.key));
    for (const item of news) known.current.add(item.key);
    // What a reload brings back is no news.
    if (state.phase === 'starting') return;
    const spoken = news.flatMap((item) => {
      const text = announcement(item, state);
      return text === null ? [] : [{ key: item.key, text }];
    });
    if (spoken.length === 0) return;
    setLines((before) => [...before, ...spoken]);
    setTimeout(() => setLines((now) => now.filter((line) => !spoken.includes(line))), LINGER_MS);
  }, [state.items]);

  return (
    <div class="visually-hidden" role="status" aria-live="polite" aria-atomic="false">
      {lines.map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
    </div>
  );
}

function announcement(item: TranscriptItem, { agents }: ChatState): string | null {
  if (item.kind === 'notice') return item.notice === 'ended' ? TEXT.ended : TEXT[item.notice](item.name);
  return item.author === 'visitor' ? null : TEXT.said(authorName(item, agents), item.body);
}
