/** The emulator's controls: what docs/emulator.md lists, for a person. */
import { useState } from 'preact/hooks';
import { ADVANCES, FAILURES, type Controls } from '../controls';

export function ControlsPanel({ controls }: { controls: Controls }) {
  const [advance, setAdvance] = useState(0);
  const [failure, setFailure] = useState(0);
  return (
    <section class="controls" aria-label="Controls">
      <form class="control" onSubmit={preventing(() => void controls.advanceClock(ADVANCES[advance]!))}>
        <label class="control-field">
          <span>Advance the clock by</span>
          <select value={advance} onChange={({ currentTarget: { value } }) => setAdvance(Number(value))}>
            {ADVANCES.map(({ name }, index) => (
              <option key={name} value={index}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="button button-quiet">
          Advance
        </button>
      </form>
      <form class="control" onSubmit={preventing(() => void controls.failNextCall(FAILURES[failure]!))}>
        <label class="control-field">
          <span>The next REST call</span>
          <select value={failure} onChange={({ currentTarget: { value } }) => setFailure(Number(value))}>
            {FAILURES.map(({ name }, index) => (
              <option key={name} value={index}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="button button-quiet">
          Let it fail
        </button>
        <button type="button" class="button button-quiet" onClick={() => void controls.clearFaults()}>
          Clear
        </button>
      </form>
      <div class="control">
        <button type="button" class="button button-quiet" onClick={() => void controls.dropConnections()}>
          Drop connections
        </button>
        <button type="button" class="button button-danger" onClick={() => void controls.reset()}>
          Reset
        </button>
      </div>
    </section>
  );
}

const preventing = (act: () => void) => (event: Event) => {
  event.preventDefault();
  act();
};
