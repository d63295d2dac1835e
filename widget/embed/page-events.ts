/** All events that the page receives, each derived from two successive states of the chat. */
import { INITIAL_STATE, type ChatMessage, type ChatState } from '../state/model';
import { countUnread, lastIndex } from '../state/transcript';
import type { PanelPlace } from './contract';

/** @param isResuming whether the chat that opens was already open before this page */
export function createPageEvents(
  emit: PanelPlace['emit'],
  isResuming: () => boolean,
): (state: ChatState) => void {
  let before = INITIAL_STATE;
  let newest = -1;
  let unread = 0;
  return (state) => {
    const last = before;
    before = state;
    if (state.phase === 'open' && last.phase !== 'open') emit('started', { resumed: isResuming() });
    // Messages that a reload or an earlier page of the transcript restores are not new.
    if (last.phase === 'open') {
      for (const message of arrivedSince(newest, state)) {
        const { author, name, body } = message;
        emit('message', { author, name: author === 'visitor' ? state.visitorName : name, body });
      }
      const known = new Set(last.agents.map(({ participantSid }) => participantSid));
      for (const { participantSid, name } of state.agents) {
        if (!known.has(participantSid)) emit('agentJoined', { name });
      }
      if (state.phase === 'ended') emit('ended', undefined);
    }
    newest = lastIndex(state.items) ?? -1;
    // While a chat is resumed, the count is not known yet.
    const count = state.phase === 'starting' ? unread : countUnread(state);
    if (count !== unread) emit('unread', { count });
    unread = count;
    if (last.isRating && state.rating !== null) emit('rated', { rating: state.rating });
    if (state.problem && state.problem !== last.problem) emit('error', { code: state.problem.code });
  };
}

function arrivedSince(newest: number, { items }: ChatState): ChatMessage[] {
  return items.filter(
    (item): item is ChatMessage => item.kind === 'message' && item.index !== null && item.index > newest,
  );
}
