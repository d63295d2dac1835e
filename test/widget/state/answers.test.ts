import { INITIAL_STATE, type ChatState } from '../../../widget/state/model';
import { answerKey } from '../../../widget/state/answers';
import type { RichContent } from '../../../widget/state/rich';
import { transition } from '../../../widget/state/transition';

const content: RichContent = {
  kind: 'quickReplies',
  title: '',
  subtitle: '',
  label: '',
  media: [],
  choices: [
    { id: 'a', title: 'A', description: '' },
    { id: 'b', title: 'B', description: '' },
  ],
  links: [],
  chosen: null,
};

const asked = {
  key: 'IM1',
  author: 'agent',
  authorKey: 'author-1',
  name: 'Grace',
  body: 'Which?',
  attachments: [],
  content,
  at: 1,
  index: 1,
} as const;

function answered(id: string, index: number) {
  return {
    ...asked,
    key: index === 2 ? answerKey('IM1') : `IM${index}`,
    author: 'visitor' as const,
    content: null,
    answer: { to: 'IM1', id },
    index,
  };
}

const after = (...events: Parameters<typeof transition>[1][]): ChatState =>
  events.reduce(transition, INITIAL_STATE);
const chosen = ({ items }: ChatState) =>
  items.flatMap((item) => (item.kind === 'message' && item.content ? [item.content.chosen] : []));

describe('the choice that a visitor makes', () => {
  it('shows in the message that it answers while it is on its way', () => {
    const state = after(
      { type: 'messagesArrived', messages: [asked] },
      {
        type: 'sending',
        key: answerKey('IM1'),
        body: 'B',
        at: 2,
        attachments: [],
        answer: { to: 'IM1', id: 'b' },
      },
    );

    expect(chosen(state)).toEqual(['b']);
  });

  it('shows whichever of the two comes first, as after a reload', () => {
    expect(chosen(after({ type: 'messagesArrived', messages: [answered('b', 2), asked] }))).toEqual(['b']);
    expect(chosen(after({ type: 'messagesArrived', messages: [asked, answered('b', 2)] }))).toEqual(['b']);
  });

  it('stands: a second answer, of another device, changes nothing', () => {
    expect(
      chosen(after({ type: 'messagesArrived', messages: [answered('a', 3), asked, answered('b', 2)] })),
    ).toEqual(['b']);
  });

  it('is gone with its message', () => {
    const state = after(
      { type: 'messagesArrived', messages: [asked, answered('b', 2)] },
      { type: 'messageRemoved', index: 2 },
    );

    expect(chosen(state)).toEqual([null]);
  });

  it('leaves a message alone that it is not about', () => {
    const before = after({ type: 'messagesArrived', messages: [asked] });
    const state = transition(before, { type: 'seen', index: 1 });

    expect(state.items).toBe(before.items);
  });
});
