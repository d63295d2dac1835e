/** One optional question about the ended chat, which can be answered once. */
import { useRef, useState } from 'preact/hooks';
import type { Score } from '../../chat/chat-client';
import type { ChatState } from '../../state/model';
import type { Text } from '../../text/text';

const SCALE: readonly Score[] = [1, 2, 3, 4, 5];

interface SurveyProps {
  state: ChatState;
  text: Text;
  question: string;
  onRate: (rating: Score, comment: string) => void;
}

export function Survey({ state, text, question, onRate }: SurveyProps) {
  const form = useRef<HTMLFormElement>(null);
  const [score, setScore] = useState<Score | null>(null);
  if (state.rating !== null) {
    return (
      <p class="survey-question" tabIndex={-1} data-next-focus>
        {text.thanks}
      </p>
    );
  }
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const comment = new FormData(form.current!).get('comment');
    if (score && !state.isRating) onRate(score, String(comment));
  };
  const ends = { 1: text.worst, 5: text.best } as Record<Score, string | undefined>;
  return (
    <form class="survey" ref={form} onSubmit={submit}>
      <fieldset class="scale">
        <legend class="survey-question">{question}</legend>
        {SCALE.map((one) => (
          <label key={one} class="scale-step">
            <input type="radio" name="rating" checked={one === score} onChange={() => setScore(one)} />
            <span class="scale-figure">{one}</span>
            {ends[one] && <span class="scale-end">{ends[one]}</span>}
          </label>
        ))}
      </fieldset>
      {score && (
        <div class="survey-more">
          <input
            class="field-input"
            name="comment"
            aria-label={text.comment}
            placeholder={text.comment}
            // The limit of the Function.
            maxLength={500}
            dir="auto"
          />
          <button type="submit" class="small-button" aria-disabled={state.isRating}>
            {text.send}
          </button>
        </div>
      )}
    </form>
  );
}
