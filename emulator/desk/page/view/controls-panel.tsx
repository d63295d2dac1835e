/** The emulator's controls (docs/emulator.md), as buttons. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ADVANCES, FAILURES, type Controls } from '../controls';

export function ControlsPanel({ controls }: { controls: Controls }) {
  return (
    <section class="controls" aria-label="Controls">
      <Choice
        label="Advance the clock by"
        choices={ADVANCES}
        action="Advance"
        act={(advance) => void controls.advanceClock(advance)}
      />
      <Choice
        label="The next REST call"
        choices={FAILURES}
        action="Let it fail"
        act={(failure) => void controls.failNextCall(failure)}
      >
        <button type="button" class="button button-quiet" onClick={() => void controls.clearFaults()}>
          Clear
        </button>
      </Choice>
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

interface ChoiceProps<Item> {
  label: string;
  choices: readonly Item[];
  /** On the button that acts on the choice. */
  action: string;
  act(choice: Item): void;
  /** More buttons. */
  children?: ComponentChildren;
}

function Choice<Item extends { name: string }>({ label, choices, action, act, children }: ChoiceProps<Item>) {
  const [chosen, choose] = useState(0);
  return (
    <form
      class="control"
      onSubmit={(event) => {
        event.preventDefault();
        act(choices[chosen]!);
      }}
    >
      <label class="control-field">
        <span>{label}</span>
        <select value={chosen} onChange={({ currentTarget: { value } }) => choose(Number(value))}>
          {choices.map(({ name }, index) => (
            <option key={name} value={index}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="button button-quiet">
        {action}
      </button>
      {children}
    </form>
  );
}
