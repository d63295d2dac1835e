/** Follows a chat that has not started or waits for an agent, and shows what is known then, or takes a message. */
import type { h as createElement, render as renderInto } from 'preact';
import type { Availability, ChatClient, LeftMessage, Reception } from '../../chat/chat-client';
import type { ChatState, Problem } from '../../state/model';
import type { Text } from '../../text/text';
import { drawAway, type AwayState, type Errors, type FieldName, type Values } from './away-view';

/** As long as the Functions use one answer of Twilio's. */
const ASK_AGAIN_MS = 20_000;
/** The same rules as in the Functions. Source: src/assets/http/input.private.ts */
const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;
const PHONE = /^\+?(?:[ ()./-]*\d){5,15}[ ()./-]*$/;
/** No request says so. */
export const CLOSED: Availability = { isOpen: false, leaveMessage: true };
const EMPTY: LeftMessage = { name: '', contact: '', message: '', messageId: '' };

export interface AwayPlace {
  h: typeof createElement;
  render: typeof renderInto;
  /** In the panel, above the chat. */
  slot: HTMLElement;
  chat: ChatClient;
  reception: Reception;
  /** Keeps what is written across a reload. */
  draft: { read(): Partial<LeftMessage>; write(left: Partial<LeftMessage>): void };
  /** The site says so. */
  isClosed: boolean;
  text(): Text;
  isOpen(): boolean;
}

export interface Away {
  /** The panel was opened, closed or speaks another language. */
  update(): void;
  /** Forgets what the visitor has written. */
  forget(): void;
  stop(): void;
}

export function followAway(place: AwayPlace): Away {
  const { h, render, slot, chat, reception, draft, text, isOpen } = place;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isDeclined = false;
  let wasOpen = false;
  let state: Omit<AwayState, 'values'> = {
    availability: place.isClosed ? CLOSED : null,
    position: null,
    isAway: false,
    errors: {},
    status: 'writing',
    problem: null,
    maxChars: chat.state.maxMessageChars,
  };

  const change = (part: Partial<typeof state>): void => {
    state = { ...state, ...part };
    draw();
  };
  const read = (): LeftMessage => ({ ...EMPTY, ...draft.read() });
  /** Another text is another message: its id comes when it is sent. */
  const write = (values: Values): void => draft.write({ ...values, messageId: '' });
  const draw = (): void => {
    const isNew = chat.state.phase === 'new' && chat.state.items.length === 0;
    const { availability } = state;
    const isAway = isNew && !isDeclined && mayLeave(availability);
    slot.parentElement!.classList.toggle('panel-away', isAway);
    const isShown = isNew || isWaiting(chat.state);
    const actions = {
      change: (name: FieldName, value: string): void => {
        const { [name]: _fixed, ...errors } = state.errors;
        write({ ...read(), [name]: value });
        change({ errors });
      },
      submit: () => void submit(),
      again: (): void => change({ status: 'writing' }),
      chat: availability?.isOpen ? chatAnyway : undefined,
    };
    const shown = { ...state, values: read(), isAway, maxChars: chat.state.maxMessageChars };
    render(isShown ? drawAway(h, shown, text(), actions) : null, slot);
  };
  const chatAnyway = (): void => {
    isDeclined = true;
    draw();
    (slot.getRootNode() as ShadowRoot).querySelector<HTMLElement>('.composer-input')?.focus();
  };

  const ask = async (): Promise<void> => {
    clearTimeout(timer);
    if (!isOpen()) return;
    const { phase, items } = chat.state;
    try {
      if (phase === 'new' && items.length === 0) {
        if (place.isClosed) return;
        change({ availability: await reception.availability(), position: null });
      } else if (isWaiting(chat.state)) {
        change({ position: document.hidden ? state.position : await reception.queuePosition() });
      } else return;
    } catch {
      // The chat works without it.
    }
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), ASK_AGAIN_MS);
  };

  const submit = async (): Promise<void> => {
    if (state.status === 'sending') return;
    const { messageId, ...values } = read();
    const errors = errorsIn(values);
    const [first] = Object.keys(errors);
    if (first !== undefined) {
      change({ errors });
      slot.querySelector<HTMLElement>(`[name=${first}]`)!.focus();
      return;
    }
    const message = { ...values, messageId: messageId || crypto.randomUUID() };
    draft.write(message);
    change({ status: 'sending', problem: null, errors: {} });
    try {
      await reception.leaveMessage(message);
      // What was changed meanwhile is another message.
      if (read().messageId === message.messageId) write({ ...values, message: '' });
      change({ status: 'left' });
      slot.querySelector<HTMLElement>('.away-left')?.focus();
    } catch (error) {
      change({ status: 'writing', problem: problemIn(error) });
    }
  };

  let last = describe(chat.state);
  const stopFollowing = chat.subscribe((now) => {
    const next = describe(now);
    // What was written may be another user's now, or forgotten.
    if (next === last) return draw();
    last = next;
    if (now.phase === 'new') isDeclined = false;
    draw();
    void ask();
  });

  return {
    update() {
      draw();
      if (isOpen() && !wasOpen) void ask();
      wasOpen = isOpen();
    },
    forget() {
      draft.write({});
      change({ errors: {}, status: 'writing', problem: null });
    },
    stop() {
      clearTimeout(timer);
      stopFollowing();
      render(null, slot);
    },
  };
}

function mayLeave(availability: AwayState['availability']): boolean {
  if (!availability?.leaveMessage) return false;
  return !availability.isOpen || availability.agentsAvailable === false;
}

/** In the queue: the chat is open, and no agent has come yet; a bot that has left does not count. */
function isWaiting({ phase, agents }: ChatState): boolean {
  return phase === 'open' && agents.every(({ isBot, present }) => isBot && !present);
}

/** What decides about the next question; everything else of a chat may change often. */
function describe(state: ChatState): string {
  return [state.phase, state.items.length === 0, isWaiting(state)].join();
}

function errorsIn({ name, contact, message }: Values): Errors {
  const errors: Errors = {};
  if (!name.trim()) errors.name = 'missing';
  const known = contact.trim();
  if (!known) errors.contact = 'missing';
  else if (!EMAIL.test(known) && !PHONE.test(known)) errors.contact = 'malformed';
  if (!message.trim()) errors.message = 'missing';
  return errors;
}

function problemIn(error: unknown): Problem {
  const { code = 'unknown', retryable = false } = error as Partial<Problem>;
  return { code, retryable };
}
