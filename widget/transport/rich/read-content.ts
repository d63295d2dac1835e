/** Converts the content of a Message from Twilio's format into the state's. All of it is untrusted and stays text. */
import type { ContentData } from '@twilio/conversations';
import type { ActionLink, Choice, RichContent } from '../../state/rich';
import type { ContentReader, ReadContent } from '../contents';
import { plainName, plainText } from '../plain-text';
import { readQuickReplies } from './quick-replies';

const NOTHING: RichContent = {
  kind: 'other',
  title: '',
  subtitle: '',
  label: '',
  media: [],
  choices: [],
  links: [],
  chosen: null,
};

export const readContent: ContentReader = async (message) => {
  const ownBody = plainText(message.body ?? '');
  if (message.contentSid === null) {
    const choices = readQuickReplies(message);
    return choices && { body: ownBody, content: { ...NOTHING, kind: 'quickReplies', choices } };
  }
  const data = await message.getContentData();
  if (data === null) return null;
  const { body, content } = toContent(data);
  return { body: plainText(body) || ownBody, content };
};

function toContent(data: ContentData): ReadContent {
  switch (data.type) {
    case 'text':
      return { body: data.body, content: { ...NOTHING, kind: 'text' } };
    case 'media':
      return { body: data.body ?? '', content: { ...NOTHING, kind: 'media', media: toMedia(data.media) } };
    case 'quickReply':
      return {
        body: data.body,
        content: {
          ...NOTHING,
          kind: 'quickReplies',
          choices: data.replies.map(({ id, title }) => toChoice(id ?? title, title)),
        },
      };
    case 'listPicker':
      return {
        body: data.body,
        content: {
          ...NOTHING,
          kind: 'listPicker',
          label: plainName(data.button),
          choices: data.items.map(({ id, item, description }) => toChoice(id, item, description)),
        },
      };
    case 'card':
      return {
        body: lines(data.title, data.subtitle, ...wordsOf(data.actions)),
        content: {
          ...NOTHING,
          kind: 'card',
          title: plainText(data.title),
          subtitle: plainText(lines(data.subtitle, ...wordsOf(data.actions))),
          media: toMedia(data.media),
          choices: data.actions.flatMap((one) =>
            one.type === 'reply' ? toChoice(one.id || one.title, one.title) : [],
          ),
          links: toLinks(data.actions),
        },
      };
    case 'callToAction':
      return {
        body: lines(data.body, ...wordsOf(data.actions)),
        content: { ...NOTHING, kind: 'callToAction', links: toLinks(data.actions) },
      };
    default:
      return { body: anyWords(data.rawData), content: NOTHING };
  }
}

type Actions = Extract<ContentData, { type: 'card' }>['actions'];

function toChoice(id: string, title: string, description = ''): Choice {
  return { id, title: plainName(title), description: plainText(description) };
}

function toLinks(actions: Actions): ActionLink[] {
  return actions.flatMap((action): ActionLink[] => {
    if (action.type === 'url') return toLink(action.title, action.url);
    return action.type === 'phone' ? toLink(action.title, `tel:${action.phone.replace(/[^+\d]/g, '')}`) : [];
  });
}

function toLink(title: string, address: string): ActionLink[] {
  const href = safeAddress(address, ['https:', 'http:', 'tel:']);
  return href === null ? [] : [{ title: plainName(title), href }];
}

function toMedia(addresses: readonly string[]): string[] {
  return addresses.flatMap((address) => safeAddress(address, ['https:', 'http:']) ?? []);
}

/** Null for unsafe URLs, such as `javascript:`. */
function safeAddress(address: string, protocols: readonly string[]): string | null {
  const url = URL.parse(address);
  return url && protocols.includes(url.protocol) ? url.href : null;
}

/** The text of other kinds of actions, for example a code to copy. */
function wordsOf(actions: Actions): string[] {
  return actions.flatMap((action) => {
    if (action.type !== 'other') return [];
    const { title, code } = JSON.parse(action.rawData) as { title?: unknown; code?: unknown };
    return [title, code].filter((one) => typeof one === 'string').join(': ');
  });
}

/** The text of an unknown kind: the values of the fields in which known kinds have text. */
function anyWords(rawData: string): string {
  const data = JSON.parse(rawData) as Record<string, unknown> | null;
  return lines(...['title', 'body', 'subtitle', 'label', 'address'].map((name) => data?.[name]));
}

function lines(...parts: unknown[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join('\n');
}
