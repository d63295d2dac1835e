/** Single events, each with its details. */
import type { Desk } from '../desk';
import type { TimelineEntry } from '../state/timeline';
import { offsetText } from './time';

interface EntriesProps {
  entries: readonly TimelineEntry[];
  startedAt: number;
  desk: Desk;
}

export function Entries({ entries, startedAt, desk }: EntriesProps) {
  return (
    <ul class="entries">
      {entries.map((entry) => (
        <li key={entry.id}>
          <details class="entry">
            <summary>
              <span class={`kind kind-${entry.kind}`}>{entry.product}</span>
              <span class="entry-title">{entry.title}</span>
              <span class="entry-summary">{entry.summary}</span>
              <span class="entry-time">{offsetText(Math.max(0, entry.at - startedAt))}</span>
            </summary>
            {entry.kind === 'request' && (
              <button type="button" class="copy" onClick={() => void desk.copyAsCurl(entry)}>
                Copy as curl
              </button>
            )}
            <pre tabIndex={0}>{JSON.stringify(entry.detail, null, 2)}</pre>
          </details>
        </li>
      ))}
    </ul>
  );
}
