/** The filters of a chat's timeline. */
import type { TimelineFilter } from '../state/timeline';

const KINDS: readonly { kind: TimelineFilter['kind']; name: string }[] = [
  { kind: 'all', name: 'All steps' },
  { kind: 'request', name: 'Requests' },
  { kind: 'webhook', name: 'Webhooks' },
  { kind: 'event', name: 'Events' },
];

interface TimelineFiltersProps {
  filter: TimelineFilter;
  onChange: (change: Partial<TimelineFilter>) => void;
}

export function TimelineFilters({ filter, onChange }: TimelineFiltersProps) {
  return (
    <div class="filters">
      <select
        aria-label="Show"
        value={filter.kind}
        onChange={(event) => onChange({ kind: event.currentTarget.value as TimelineFilter['kind'] })}
      >
        {KINDS.map(({ kind, name }) => (
          <option key={kind} value={kind}>
            {name}
          </option>
        ))}
      </select>
      <input
        type="search"
        class="filter"
        aria-label="Find in the timeline"
        placeholder="SID, status, text…"
        value={filter.text}
        onInput={(event) => onChange({ text: event.currentTarget.value })}
      />
    </div>
  );
}
