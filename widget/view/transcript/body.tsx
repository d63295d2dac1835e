/** The text of a message. Never parsed as HTML: it stays text, with links and light formatting as elements. */
import type { ChatMessage } from '../../state/model';
import type { Text } from '../../text/text';
import type { Inline } from './inline-text';
import { splitLinks } from './links';
import { toBlocks } from './rich-text';

export function Body({ message: { author, body }, text }: { message: ChatMessage; text: Text }) {
  // Visitors' own messages have links, but no formatting.
  if (author === 'visitor') return <Parts parts={splitLinks(body)} text={text} />;
  return (
    <>
      {toBlocks(body).map((block) => {
        if (block.kind === 'text') return <Parts parts={block.parts} text={text} />;
        if (block.kind === 'code') return <pre class="bubble-code">{block.text}</pre>;
        const items = block.items.map((item) => (
          <li>
            <Parts parts={item} text={text} />
          </li>
        ));
        return block.start === null ? (
          <ul class="bubble-list">{items}</ul>
        ) : (
          <ol class="bubble-list" start={block.start}>
            {items}
          </ol>
        );
      })}
    </>
  );
}

function Parts({ parts, text }: { parts: readonly Inline[]; text: Text }) {
  return (
    <>
      {parts.map((part) => {
        if (typeof part === 'string') return part;
        if ('style' in part) {
          const Style = part.style;
          return (
            <Style>
              <Parts parts={part.parts} text={text} />
            </Style>
          );
        }
        return (
          <a class="bubble-link" href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
            {part.host !== undefined && <bdi class="bubble-host">{` (${part.host})`}</bdi>}
            <span class="visually-hidden"> {text.newTab}</span>
          </a>
        );
      })}
    </>
  );
}
