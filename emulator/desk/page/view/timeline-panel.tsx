/** The guide's eight steps, lighting up as they happen, each with what is behind it. */
import type { Desk } from '../desk';
import { timelineGroups, type DeskState, type TimelineEntry, type TimelineGroup } from '../desk-state';
import { offsetText, timeText } from './time';

export function TimelinePanel({ desk, state }: { desk: Desk; state: DeskState }) {
  const groups = timelineGroups(state.entries);
  const shown =
    groups.find(({ conversationSid }) => conversationSid === state.pinnedConversationSid) ?? groups[0];
  return (
    <aside class="timeline" aria-label="Timeline">
      <div class="timeline-head">
        <h2 class="section">How this chat reached you</h2>
        {groups.length > 1 && (
          <select
            aria-label="Conversation"
            value={shown?.conversationSid}
            onChange={(event) => desk.showTimeline(event.currentTarget.value)}
          >
            {groups.map((group) => (
              <option key={group.conversationSid} value={group.conversationSid}>
                {`${group.name} · ${timeText(group.startedAt)} · …${group.conversationSid.slice(-6)}`}
              </option>
            ))}
          </select>
        )}
      </div>
      <ol class="steps" aria-label="Steps">
        {state.steps.map((step) => (
          <Step
            key={`${shown?.conversationSid}${step.id}`}
            id={step.id}
            title={step.title}
            about={step.about}
            entries={entriesOf(shown, step.id)}
            startedAt={shown?.startedAt ?? 0}
          />
        ))}
      </ol>
      <After entries={entriesOf(shown, 'after')} startedAt={shown?.startedAt ?? 0} />
    </aside>
  );
}

interface StepProps {
  id: string;
  title: string;
  about: string;
  entries: readonly TimelineEntry[];
  startedAt: number;
}

function Step({ id, title, about, entries, startedAt }: StepProps) {
  const [first] = entries;
  const isPart = id.includes('.');
  return (
    <li
      class={`step${first ? ' step-lit' : ''}${isPart ? ' step-part' : ''}`}
      aria-label={`Step ${id}: ${title}`}
    >
      <span class="step-mark" aria-hidden="true">
        {id}
      </span>
      <div class="step-body">
        <div class="step-head">
          <h3 class="step-title">{title}</h3>
          <span class="step-time">{first ? offsetText(first.at - startedAt) : ''}</span>
        </div>
        <span class="visually-hidden">{first ? 'done' : 'not yet'}</span>
        {first ? <Entries entries={entries} startedAt={startedAt} /> : <p class="step-about">{about}</p>}
      </div>
    </li>
  );
}

function After({ entries, startedAt }: { entries: readonly TimelineEntry[]; startedAt: number }) {
  if (entries.length === 0) return null;
  return (
    <section class="after" aria-label="Afterwards">
      <h3 class="section">Afterwards</h3>
      <Entries entries={entries} startedAt={startedAt} />
    </section>
  );
}

function Entries({ entries, startedAt }: { entries: readonly TimelineEntry[]; startedAt: number }) {
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
            <pre>{JSON.stringify(entry.detail, null, 2)}</pre>
          </details>
        </li>
      ))}
    </ul>
  );
}

/** By time; a request before what it caused, which happened within its millisecond. */
function entriesOf(group: TimelineGroup | undefined, step: string): readonly TimelineEntry[] {
  return (group?.entries ?? [])
    .filter((entry) => entry.step === step)
    .sort(
      (a, b) => a.at - b.at || Number(b.kind === 'request') - Number(a.kind === 'request') || a.id - b.id,
    );
}
