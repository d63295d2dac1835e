/** One line of the conversation: a message or an event. */
import { h } from 'preact';
import type { ChatMessage, Notice } from '../../state/model';
import type { Text } from '../../text/text';
import { Attachments } from './attachments';
import { Body } from './body';
import type { DrawContent } from './rich/rich-view';
import { noticeText } from './transcript-text';
import { dayText, timeText } from '../time';
import { Upload } from './upload';

interface MessageLineProps {
  message: ChatMessage;
  name: string;
  text: Text;
  opensDay: boolean;
  opensGroup: boolean;
  closesGroup: boolean;
  mark: string | null;
  actions: MessageActions;
  /** The first message that arrived while the visitor did not look. */
  opensUnread: boolean;
}

export interface MessageActions {
  /** Undefined after the end of the chat. */
  onRetry: ((key: string) => void) | undefined;
  onCancel: (key: string) => void;
  /** Finds the URL of an attachment; null while there is no connection. */
  onLink: ((attachmentKey: string) => Promise<string | null>) | null;
  /** Draws rich content; undefined until that code is loaded. */
  drawContent: DrawContent | undefined;
  /** Undefined after the end of the chat. */
  onChoose: ((key: string, choiceId: string) => void) | undefined;
  onShow: (attachmentKey: string) => void;
}

export function MessageLine(props: MessageLineProps) {
  const { message, name, text, opensDay, opensGroup, closesGroup, mark, actions, opensUnread } = props;
  const { onRetry, onCancel, onLink, onShow, drawContent, onChoose } = actions;
  const { content } = message;
  const rich = content && drawContent?.(h, { message, content, text, onChoose });
  const hasFiles = message.attachments.length > 0;
  const isOwn = message.author === 'visitor';
  return (
    <li
      class={`message message-${message.author} message-${message.status}`}
      data-index={isOwn ? undefined : message.index}
    >
      {opensUnread && <span class="unread-line">{text.newMessages}</span>}
      {opensDay && <Day at={message.at} text={text} />}
      <span class={isOwn || !opensGroup ? 'visually-hidden' : 'author'}>{name}</span>
      {(message.body !== '' || !(hasFiles || rich)) && (
        <div class="bubble" dir="auto">
          <Body message={message} text={text} />
        </div>
      )}
      {rich}
      <Attachments message={message} text={text} onLink={onLink} onShow={onShow} />
      {message.status === 'failed' ? (
        <span class="meta meta-failed">
          {text.failed}{' '}
          {onRetry && (
            <button type="button" class="link" onClick={() => onRetry(message.key)}>
              {text.retry}
            </button>
          )}
          {onRetry && hasFiles && ' · '}
          {onRetry && hasFiles && (
            <button type="button" class="link" onClick={() => onCancel(message.key)}>
              {text.cancel}
            </button>
          )}
        </span>
      ) : message.status === 'sending' && hasFiles ? (
        <Upload message={message} text={text} onCancel={onCancel} />
      ) : (
        (closesGroup || mark) && (
          <span class="meta">
            <Time at={message.at} text={text} />
            {message.status === 'sending' ? ` · ${text.sending}` : mark && ` · ${mark}`}
          </span>
        )
      )}
    </li>
  );
}

export function NoticeLine({ notice, text, opensDay }: { notice: Notice; text: Text; opensDay: boolean }) {
  return (
    <li class="notice">
      {opensDay && <Day at={notice.at} text={text} />}
      <span>{noticeText(notice, text)}</span> <Time at={notice.at} text={text} />
    </li>
  );
}

function Day({ at, text }: { at: number; text: Text }) {
  return <span class="day">{dayText(at, text.language)}</span>;
}

function Time({ at, text }: { at: number; text: Text }) {
  return <time dateTime={new Date(at).toISOString()}>{timeText(at, text.language)}</time>;
}
