/**
 * Draws the content of a rich message. Loaded with the first of them and without a copy of Preact: it uses the panel's `h` and
 * no hooks.
 */
import type { ComponentChild, h as createElement, VNode } from 'preact';
import type { ChatMessage } from '../../../state/model';
import type { RichContent } from '../../../state/rich';
import type { Text } from '../../../text/text';

interface RichProps {
  message: ChatMessage;
  content: RichContent;
  text: Text;
  /** Undefined after the end of the chat. */
  onChoose: ((key: string, id: string) => void) | undefined;
}

export type DrawContent = (h: typeof createElement, props: RichProps) => VNode<{ class: string }>;

export const drawContent: DrawContent = (h, { message, content, text, onChoose }) => {
  const { kind, title, label, media, choices, links, chosen } = content;
  const newTab = h('span', { class: 'visually-hidden' }, ` ${text.newTab}`);

  const picture = (address: string): ComponentChild =>
    h(
      'a',
      { class: 'rich-media', href: address, target: '_blank', rel: 'noopener noreferrer nofollow' },
      isPicture(address) &&
        h('img', {
          class: 'rich-picture',
          src: address,
          alt: text.image(title || nameOf(address)),
          loading: 'lazy',
          referrerpolicy: 'no-referrer',
          // If it is missing or the page's policy blocks it, its name is shown.
          onError: ({ currentTarget }: { currentTarget: HTMLElement }) => (currentTarget.hidden = true),
        }),
      h('span', { class: 'rich-media-name' }, nameOf(address)),
      newTab,
    );

  /** Stays in the tab order after the answer, because it has the focus then. */
  const choice = ({ id, title: words, description }: RichContent['choices'][number]): ComponentChild => {
    const isClosed = chosen !== null || !onChoose;
    return h(
      'button',
      {
        type: 'button',
        class: 'choice',
        'aria-pressed': chosen === id,
        'aria-disabled': isClosed,
        onClick: () => {
          if (!isClosed) onChoose(message.key, id);
        },
      },
      h('span', { dir: 'auto' }, words),
      description && h('span', { class: 'choice-description', dir: 'auto' }, description),
    );
  };

  return h(
    'div',
    { class: `rich rich-${kind}` },
    media.map(picture),
    choices.length > 0 &&
      h(
        'div',
        { class: 'choices', role: 'group', 'aria-label': label || title || message.body },
        label && h('span', { class: 'choices-label', 'aria-hidden': true }, label),
        choices.map(choice),
      ),
    links.map(({ title: words, href }) =>
      h(
        'a',
        { class: 'rich-link', href, target: '_blank', rel: 'noopener noreferrer nofollow' },
        words,
        newTab,
      ),
    ),
  );
};

function isPicture(address: string): boolean {
  return /\.(png|jpe?g|gif|webp|avif|svg)$/i.test(new URL(address).pathname);
}

function nameOf(address: string): string {
  return decodeURI(new URL(address).pathname.split('/').at(-1)!) || new URL(address).host;
}
