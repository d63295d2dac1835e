/** The text that the visitor must agree to before any question. */
import type { Text } from '../../text/text';
import type { ViewOptions } from '../options';
import { Greeting } from './welcome';

interface ConsentProps {
  text: Text;
  options: ViewOptions;
  words: string;
  onAgree: () => void;
}

/** `[words](https://…)` */
const LINK = /\[([^\]]+)\]\((https?:[^)\s]+)\)/g;

export function Consent({ text, options, words, onAgree }: ConsentProps) {
  return (
    <div class="welcome">
      <Greeting text={text} options={options} />
      <p class="consent">
        {words.split(LINK).map((part, position, parts) => {
          // `split` puts the two groups of each link between the texts around it.
          if (position % 3 === 2) return null;
          if (position % 3 === 0) return part;
          return (
            <a href={parts[position + 1]} target="_blank" rel="noopener noreferrer">
              {part}
              <span class="visually-hidden"> {text.newTab}</span>
            </a>
          );
        })}
      </p>
      <button type="button" class="button" data-next-focus onClick={onAgree}>
        {text.agree}
      </button>
    </div>
  );
}
