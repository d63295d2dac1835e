/** What stands where the transcript will be, before the first message. */
import { TEXT } from './text';

export function Welcome({ name, onName }: { name: string; onName: (name: string) => void }) {
  return (
    <div class="welcome">
      <h2 class="greeting">{TEXT.greeting}</h2>
      <p class="introduction">{TEXT.introduction}</p>
      <label class="field">
        <span class="field-label">{TEXT.nameLabel}</span>
        <input
          class="field-input"
          type="text"
          autocomplete="name"
          maxLength={80}
          value={name}
          onInput={(event) => onName(event.currentTarget.value)}
        />
      </label>
    </div>
  );
}
