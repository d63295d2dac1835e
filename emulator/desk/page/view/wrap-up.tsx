/** Flex's wrap-up: the customer is no longer waiting for an answer, the agent notes how it went. */
import { useRef } from 'preact/hooks';
import type { Desk } from '../desk';
import type { DeskTask } from '../state/tasks';
import { useFocusIfLost } from './focus';

const OUTCOMES = ['Resolved', 'Follow-up needed', 'Not a real request'];

export function WrapUp({ task, desk }: { task: DeskTask; desk: Desk }) {
  const outcome = useRef<HTMLSelectElement>(null);
  useFocusIfLost(outcome, task.taskSid);
  return (
    <form
      class="wrap-up"
      aria-label="Wrap-up"
      onSubmit={(event) => {
        event.preventDefault();
        void desk.complete(task, outcome.current!.value);
      }}
    >
      <label class="wrap-up-field">
        <span>Outcome</span>
        <select ref={outcome}>
          {OUTCOMES.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <button type="submit" class="button">
        Complete
      </button>
    </form>
  );
}
