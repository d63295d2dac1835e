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
      <After
        entries={entriesOf(shown, 'after')}
        again={entriesOf(shown, 'again')}
        startedAt={shown?.startedAt ?? 0}
      />
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

/** Dark until it has happened; then one line, and behind it everything that made it happen. */
function Step({ id, title, about, entries, startedAt }: StepProps) {
  const [first] = entries;
  const isPart = id.includes('.');
  return (
    <li
      class={`step${first ? ' step-lit' : ''}${isPart ? ' step-part' : ''}`}
      aria-label={`Step ${id}: ${title}, ${first ? 'done' : 'not yet'}`}
    >
      <span class="step-mark" aria-hidden="true">
        {id}
      </span>
      {first ? (
        <details class="step-body">
          <summary>
            <span class="step-title">{title}</span>
            <span class="step-time">{offsetText(first.at - startedAt)}</span>
            <span class="step-about">{`${first.title} · ${first.summary}`}</span>
          </summary>
          <Entries entries={entries} startedAt={startedAt} />
        </details>
      ) : (
        <div class="step-body">
          <span class="step-title">{title}</span>
          <span class="step-about">{about}</span>
        </div>
      )}
    </li>
  );
}

interface AfterProps {
  entries: readonly TimelineEntry[];
  again: readonly TimelineEntry[];
  startedAt: number;
}

function After({ entries, again, startedAt }: AfterProps) {
  if (entries.length === 0) return null;
  return (
    <section class="after" aria-label="Afterwards">
      <h3 class="section">Afterwards, newest first</h3>
      <Entries entries={entries.toReversed()} startedAt={startedAt} />
      {again.length > 0 && (
        <details class="again">
          <summary>
            {`The Studio webhook stays: it heard ${again.filter(({ kind }) => kind === 'webhook').length} more`}
          </summary>
          <Entries entries={again} startedAt={startedAt} />
        </details>
      )}
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
