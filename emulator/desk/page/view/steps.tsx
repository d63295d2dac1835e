/** The guide's steps of one chat, and what came after them. */
import type { Desk } from '../desk';
import { inOrder, type TimelineEntry, type TimelineGroup, type TimelineStep } from '../state/timeline';
import { Entries } from './entries';
import { offsetText } from './time';

interface StepsProps {
  desk: Desk;
  steps: readonly TimelineStep[];
  group: TimelineGroup | undefined;
}

export function Steps({ desk, steps, group }: StepsProps) {
  const startedAt = group?.startedAt ?? 0;
  return (
    <>
      <ol class="steps" aria-label="Steps">
        {steps.map((step, order) => (
          <Step
            key={`${group?.conversationSid}${step.id}`}
            step={step}
            order={order}
            entries={entriesOf(group, step.id)}
            startedAt={startedAt}
            desk={desk}
          />
        ))}
      </ol>
      <After
        entries={entriesOf(group, 'after')}
        again={entriesOf(group, 'again')}
        startedAt={startedAt}
        desk={desk}
      />
    </>
  );
}

interface StepProps {
  step: TimelineStep;
  /** Among all steps, from 0. */
  order: number;
  entries: readonly TimelineEntry[];
  startedAt: number;
  desk: Desk;
}

/** Dark until it has happened; then one line, which opens to show every request and event behind it. */
function Step({ step: { id, title, about }, order, entries, startedAt, desk }: StepProps) {
  const [first] = entries;
  const isPart = id.includes('.');
  return (
    <li
      class={`step${first ? ' step-lit' : ''}${isPart ? ' step-part' : ''}`}
      style={{ '--order': order }}
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
          <Entries entries={entries} startedAt={startedAt} desk={desk} />
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
  desk: Desk;
}

function After({ entries, again, startedAt, desk }: AfterProps) {
  if (entries.length === 0) return null;
  const repeats = again.filter(({ kind }) => kind === 'webhook').length;
  return (
    <section class="after" aria-label="Afterwards">
      <h3 class="section">Afterwards, newest first</h3>
      <Entries entries={entries.toReversed()} startedAt={startedAt} desk={desk} />
      {again.length > 0 && (
        <details class="again">
          <summary>{`The Studio webhook stays active: ${repeats} more`}</summary>
          <Entries entries={again} startedAt={startedAt} desk={desk} />
        </details>
      )}
    </section>
  );
}

function entriesOf(group: TimelineGroup | undefined, step: string): readonly TimelineEntry[] {
  return inOrder((group?.entries ?? []).filter((entry) => entry.step === step));
}
