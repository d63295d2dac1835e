/** The reducer of a chat: from a state and an event to the next state. */
import type { ChatEvent } from './events';
import { changeAttachment, giveUpFiles, takeBack } from './attachments';
import { INITIAL_STATE, type Agent, type Attachment, type ChatState } from './model';
import { withChosen } from './answers';
import {
  hasMessage,
  placeMessage,
  placeNotice,
  placeProgress,
  placeSending,
  removeMessages,
  unsentMessages,
} from './transcript';

export function transition(before: ChatState, event: ChatEvent): ChatState {
  const after = step(before, event);
  return after.items === before.items ? after : { ...after, items: withChosen(after.items) };
}

function step(state: ChatState, event: ChatEvent): ChatState {
  switch (event.type) {
    case 'drafted':
      return { ...state, draft: event.draft };
    case 'named':
      return { ...state, visitorName: event.visitorName };
    case 'informed':
      return { ...state, ...event.terms };
    case 'starting':
      return { ...state, phase: 'starting', connection: 'connecting', problem: null };
    case 'startFailed':
      return {
        ...failUnsent(state),
        phase: 'new',
        connection: 'idle',
        problem: event.problem,
      };
    case 'opened':
      return state.phase === 'ended' ? state : { ...state, phase: 'open', problem: null };
    case 'connectionChanged':
      // A closed chat needs no connection, and a lost connection does not recover.
      if (state.connection === 'lost' || state.phase === 'ended') return state;
      return { ...state, connection: event.connection };
    case 'attached':
      return { ...state, files: [...state.files, ...event.files], fileProblems: event.problems };
    case 'detached':
      return { ...state, files: state.files.filter(({ key }) => key !== event.key), fileProblems: [] };
    case 'sending':
      return { ...state, items: placeSending(state.items, event), ...withoutSent(state, event.attachments) };
    case 'uploading':
      return { ...state, items: placeProgress(state.items, event) };
    case 'cancelled':
      return takeBack(state, event.key);
    case 'filesGone':
      return giveUpFiles(state, event.key);
    case 'linkChanged':
      return { ...state, items: changeAttachment(state.items, event.key, { link: event.link }) };
    case 'sendFailed':
      return failUnsent(state, event.key);
    case 'messagesArrived':
      return messagesArrived(state, event);
    case 'messageUpdated':
      // Earlier Messages are read when the visitor loads them.
      if (!hasMessage(state.items, event.message.index)) return state;
      return { ...state, items: placeMessage(state.items, event.message) };
    case 'messageRemoved':
      return { ...state, items: removeMessages(state.items, [event.index, event.index]) };
    case 'authorNamed':
      return authorNamed(state, event);
    case 'agentJoined':
      return agentJoined(state, event);
    case 'agentLeft':
      return agentLeft(state, event);
    case 'agentTyping':
      return changeAgent(state, event.participantSid, { typing: event.typing });
    case 'agentRead':
      return changeAgent(state, event.participantSid, { lastReadIndex: event.lastReadIndex });
    case 'seen':
      return event.index > state.seenIndex ? { ...state, seenIndex: event.index } : state;
    case 'historyChanged':
      return { ...state, history: event.history };
    case 'ending':
      return { ...state, isEnding: true, problem: null };
    case 'endFailed':
      // The chat may have ended although the response was lost.
      return state.phase === 'ended' ? state : { ...state, isEnding: false, problem: event.problem };
    case 'ended':
      return ended(failUnsent(state), event.at);
    case 'rating':
      return { ...state, isRating: true, problem: null };
    case 'rated':
      return { ...state, isRating: false, rating: event.rating };
    case 'rateFailed':
      return { ...state, isRating: false, problem: event.problem };
    case 'sessionLost':
      if (state.phase === 'ended') return state;
      return { ...failUnsent(state), connection: 'lost', problem: event.problem };
    case 'reset':
      return { ...INITIAL_STATE, ...keptParts(state) };
  }
}

/** The parts that a new chat keeps: unsent text and files, and the limits of the Functions. */
function keptParts(state: ChatState): Partial<ChatState> {
  const unsent = unsentMessages(state.items);
  const after = unsent.reduceRight((before, { key }) => takeBack(before, key), state);
  const { visitorName, draft, files, fileProblems, maxMessageChars, openHours } = after;
  return { visitorName, draft, files, fileProblems, maxMessageChars, openHours };
}

function ended(state: ChatState, at: number): ChatState {
  return {
    ...state,
    phase: 'ended',
    connection: 'idle',
    isEnding: false,
    agents: state.agents.map((agent) => ({ ...agent, typing: false })),
    items: placeNotice(state.items, {
      kind: 'notice',
      key: 'ended',
      notice: 'ended',
      authorKey: null,
      name: '',
      at,
    }),
    problem: null,
  };
}

function messagesArrived(
  state: ChatState,
  { messages, all }: Extract<ChatEvent, { type: 'messagesArrived' }>,
): ChatState {
  const items = all ? removeMessages(state.items, all, messages) : state.items;
  return { ...state, items: messages.reduce(placeMessage, items) };
}

/** Changes the name in all items of this author. */
function authorNamed(
  state: ChatState,
  { authorKey, name }: Extract<ChatEvent, { type: 'authorNamed' }>,
): ChatState {
  const rename = <One extends { authorKey: string | null; name: string }>(one: One): One =>
    one.authorKey === authorKey && one.name !== name ? { ...one, name } : one;
  return { ...state, items: state.items.map(rename), agents: state.agents.map(rename) };
}

function agentJoined(
  state: ChatState,
  { agent, at }: Extract<ChatEvent, { type: 'agentJoined' }>,
): ChatState {
  const known = state.agents.find((one) => one.participantSid === agent.participantSid);
  const agents = known
    ? state.agents.map((one) => (one === known ? { ...one, ...agent, present: true } : one))
    : [...state.agents, { ...agent, present: true, typing: false }];
  if (known) return { ...state, agents };
  const { participantSid, authorKey, name } = agent;
  const key = `agentJoined:${participantSid}`;
  return {
    ...state,
    agents,
    items: placeNotice(state.items, { kind: 'notice', key, notice: 'agentJoined', authorKey, name, at }),
  };
}

function agentLeft(
  state: ChatState,
  { participantSid, at }: Extract<ChatEvent, { type: 'agentLeft' }>,
): ChatState {
  const agent = state.agents.find((one) => one.participantSid === participantSid);
  if (!agent) return state;
  const { authorKey, name, isBot } = agent;
  const key = `agentLeft:${participantSid}`;
  return {
    ...changeAgent(state, participantSid, { present: false, typing: false }),
    ...(isBot && { agents: state.agents.filter((one) => one !== agent) }),
    items: placeNotice(state.items, { kind: 'notice', key, notice: 'agentLeft', authorKey, name, at }),
  };
}

function changeAgent(state: ChatState, participantSid: string, change: Partial<Agent>): ChatState {
  return {
    ...state,
    agents: state.agents.map((agent) =>
      agent.participantSid === participantSid ? { ...agent, ...change } : agent,
    ),
  };
}

/** Removes the files of a sent message from the composer. */
function withoutSent(
  { files }: ChatState,
  sent: readonly Attachment[],
): Pick<ChatState, 'files' | 'fileProblems'> {
  return { files: files.filter(({ key }) => !sent.some((one) => one.key === key)), fileProblems: [] };
}

/** Marks unsent messages as failed: one, or all. */
function failUnsent(state: ChatState, key?: string): ChatState {
  return {
    ...state,
    items: state.items.map((item) =>
      item.kind === 'message' && item.index === null && (key === undefined || item.key === key)
        ? { ...item, status: 'failed' as const, progress: null }
        : item,
    ),
  };
}
