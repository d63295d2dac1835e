/** Selects which of the three a narrow window shows. */
import type { Desk } from '../desk';
import type { DeskState, View } from '../state/desk-state';

const VIEWS: readonly { view: View; name: string }[] = [
  { view: 'tasks', name: 'Tasks' },
  { view: 'chat', name: 'Chat' },
  { view: 'timeline', name: 'Timeline' },
];

export function ViewSwitch({ desk, state, unread }: { desk: Desk; state: DeskState; unread: number }) {
  const waiting = state.overview.tasks.filter(({ reservationStatus }) => reservationStatus === 'pending');
  const counts: Partial<Record<View, number>> = { tasks: waiting.length, chat: unread };
  return (
    <nav class="views" aria-label="Views">
      {VIEWS.map(({ view, name }) => (
        <button
          key={view}
          type="button"
          class="view"
          aria-current={state.view === view ? 'page' : undefined}
          onClick={() => desk.show(view)}
        >
          {name}
          {counts[view] ? <span class="count count-new">{counts[view]}</span> : null}
        </button>
      ))}
    </nav>
  );
}
