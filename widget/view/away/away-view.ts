/** Draws what is known before the first message, and the form for a message. With the panel's `h`, and no hooks. */
import type { ComponentChild, h as createElement } from 'preact';
import type { Availability } from '../../chat/chat-client';
import type { Problem } from '../../state/model';
import type { Text } from '../../text/text';
import { problemText } from '../problem-text';
import { momentText } from '../time';
import { awayTextOf } from './away-text';

export type FieldName = 'name' | 'contact' | 'message';
export type Values = Record<FieldName, string>;
export type Errors = Partial<Record<FieldName, 'missing' | 'malformed'>>;

export interface AwayState {
  availability: Availability | null;
  position: number | null;
  /** The form is shown in place of the chat. */
  isAway: boolean;
  values: Values;
  errors: Errors;
  status: 'writing' | 'sending' | 'left';
  problem: Problem | null;
  maxChars: number;
}

export interface AwayActions {
  change(name: FieldName, value: string): void;
  submit(): void;
  again(): void;
  /** Undefined outside the hours. */
  chat: (() => void) | undefined;
}

/** The state of the site in one line; null if nothing is known. */
export function lineOf(availability: Availability | null, language: string): string | null {
  if (!availability) return null;
  const text = awayTextOf(language);
  const { isOpen, opensAt, agentsAvailable, waitMinutes } = availability;
  if (!isOpen) return opensAt ? text.opens(momentText(Date.parse(opensAt), language)) : text.closed;
  if (agentsAvailable === undefined) return null;
  if (!agentsAvailable) return text.noAgent;
  return waitMinutes ? waitText(waitMinutes, language) : text.here;
}

function waitText(minutes: number, language: string): string {
  const text = awayTextOf(language);
  return minutes >= 60 ? text.waitLong : text.wait(minutes);
}

export function drawAway(h: typeof createElement, state: AwayState, text: Text, actions: AwayActions) {
  const words = awayTextOf(text.language);
  const { availability, position, isAway, values, errors, status, problem, maxChars } = state;
  const line = position === null ? lineOf(availability, text.language) : words.position(position);

  const field = (name: FieldName, label: string, tag: 'input' | 'textarea', more: object): ComponentChild => {
    const error = errors[name];
    const errorId = `away-error-${name}`;
    return h(
      'label',
      { class: 'field' },
      h('span', { class: 'field-label' }, label),
      h(tag, {
        class: 'field-input',
        name,
        required: true,
        dir: 'auto',
        value: values[name],
        'aria-invalid': error !== undefined,
        'aria-describedby': errorId,
        onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
          actions.change(name, currentTarget.value),
        ...more,
      }),
      h(
        'span',
        { class: 'field-error', id: errorId },
        error && (error === 'malformed' ? words.badContact : text.missing),
      ),
    );
  };

  const form = (): ComponentChild =>
    h(
      'form',
      {
        class: 'away-form',
        noValidate: true,
        'aria-labelledby': 'away-title',
        onSubmit: (event: Event) => {
          event.preventDefault();
          actions.submit();
        },
      },
      h('h3', { class: 'greeting', id: 'away-title' }, words.leave),
      h('p', { class: 'introduction' }, words.leaveIntroduction),
      field('name', text.nameLabel, 'input', { autocomplete: 'name', maxLength: 80 }),
      field('contact', words.contact, 'input', { autocomplete: 'email', maxLength: 254 }),
      field('message', text.composer, 'textarea', { rows: 4, maxLength: maxChars }),
      h('p', { class: problem ? 'away-problem' : '', role: 'alert' }, problem && problemText(problem, text)),
      h(
        'button',
        // Stays in the tab order while the message is sent, because it has the focus then.
        { class: 'away-send', type: 'submit', 'aria-disabled': status === 'sending' },
        status === 'sending' ? text.sending : words.sendMessage,
      ),
      actions.chat &&
        h('button', { class: 'small-button', type: 'button', onClick: actions.chat }, words.chatAnyway),
    );

  const thanks = (): ComponentChild =>
    h(
      'div',
      { class: 'away-form' },
      h('p', { class: 'away-left', tabIndex: -1 }, words.left),
      h('button', { class: 'small-button', type: 'button', onClick: actions.again }, words.leaveAnother),
      actions.chat &&
        h('button', { class: 'small-button', type: 'button', onClick: actions.chat }, words.chatAnyway),
    );

  return h(
    'div',
    { class: 'away' },
    h('p', { class: line ? 'away-line' : '', role: 'status' }, line),
    isAway && (status === 'left' ? thanks() : form()),
  );
}
