/** The guide's eight steps, lighting up as they happen, each with what is behind it. */
import type { Desk } from '../desk';
import type { DeskState } from '../state/desk-state';
import { filtered, inOrder, isFilter, timelineGroups, type TimelineGroup } from '../state/timeline';
import { Entries } from './entries';
import { Steps } from './steps';
import { timeText } from './time';
import { TimelineFilters } from './timeline-filters';

export function TimelinePanel({ desk, state }: { desk: Desk; state: DeskState }) {
  const groups = timelineGroups(state.entries);
  const shown =
    groups.find(({ conversationSid }) => conversationSid === state.pinnedConversationSid) ?? groups[0];
  const { timelineFilter } = state;
  return (
    <section class="timeline" tabIndex={-1} aria-label="Timeline">
      <div class="timeline-head">
        <h2 class="section">{shown?.isRecord ? 'What was kept' : 'How this chat reached you'}</h2>
        {groups.length > 1 && (
          <select
            aria-label="Conversation"
            value={shown?.conversationSid}
            onChange={(event) => desk.store.change({ pinnedConversationSid: event.currentTarget.value })}
          >
            {groups.map((group) => (
              <option key={group.conversationSid} value={group.conversationSid}>
                {`${group.name} · ${timeText(group.startedAt)} · …${group.conversationSid.slice(-6)}`}
              </option>
            ))}
          </select>
        )}
      </div>
      <TimelineFilters
        filter={timelineFilter}
        onChange={(change) => desk.store.change({ timelineFilter: { ...timelineFilter, ...change } })}
      />
      {isFilter(timelineFilter) ? (
        <Found desk={desk} state={state} group={shown} />
      ) : shown?.isRecord ? (
        <section aria-label="Record">
          <p class="hint">
            A Conversation without Participants keeps data, such as a left message. It is not a chat.
          </p>
          <Entries entries={inOrder(shown.entries)} startedAt={shown.startedAt} desk={desk} />
        </section>
      ) : (
        <Steps desk={desk} steps={state.steps} group={shown} />
      )}
    </section>
  );
}

function Found({ desk, state, group }: { desk: Desk; state: DeskState; group: TimelineGroup | undefined }) {
  const entries = inOrder(filtered(group?.entries ?? [], state.timelineFilter));
  return (
    <section aria-label="Found">
      <h3 class="section">
        Found <span class="count">{entries.length}</span>
      </h3>
      <Entries entries={entries} startedAt={group?.startedAt ?? 0} desk={desk} />
    </section>
  );
}
