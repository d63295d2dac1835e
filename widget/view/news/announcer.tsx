/** Announces news to screen readers, outside the transcript, so that reading is not interrupted twice. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatState } from '../../state/model';
import type { Text } from '../../text/text';
import { announcements, type Announcement } from './announcements';

/** Long enough to be read out, but too short to be found when browsing the page. */
const LINGER_MS = 1_000;

export function Announcer({ state, text }: { state: ChatState; text: Text }) {
  const [lines, setLines] = useState<readonly Announcement[]>([]);
  const before = useRef(state);
  const typed = useRef(new Set<string>());

  useEffect(() => {
    const spoken = announcements(before.current, state, typed.current, text);
    before.current = state;
    if (spoken.length === 0) return;
    setLines((now) => [...now, ...spoken]);
    setTimeout(() => setLines((now) => now.filter((line) => !spoken.includes(line))), LINGER_MS);
  }, [state]);

  return (
    <div class="visually-hidden" role="status" aria-live="polite" aria-atomic="false">
      {lines.map((line) => (
        <p key={line.key}>{line.text}</p>
      ))}
    </div>
  );
}
