import { INITIAL_STATE, type ChatMessage, type ChatState } from '../../../../widget/state/model';
import { en } from '../../../../widget/text/en';
import { transcriptText } from '../../../../widget/view/transcript/transcript-text';

const NOON = new Date(2026, 10, 24, 12).getTime();

it('a saved transcript names who said what, and what happened', () => {
  const message = {
    kind: 'message',
    status: 'sent',
    at: NOON,
    attachments: [],
    progress: null,
    content: null,
    answer: null,
  } as const;
  const state: ChatState = {
    ...INITIAL_STATE,
    agents: [
      {
        participantSid: 'MB1',
        authorKey: 'author-1',
        name: 'Grace',
        present: false,
        typing: false,
        lastReadIndex: 1,
      },
    ],
    items: [
      { ...message, key: 'a', author: 'visitor', authorKey: null, name: '', body: 'hello', index: 0 },
      { kind: 'notice', key: 'b', notice: 'agentJoined', authorKey: 'author-1', name: 'Grace', at: NOON },
      { ...message, key: 'c', author: 'agent', authorKey: 'author-1', name: 'Grace', body: 'Hi', index: 1 },
      { ...message, key: 'd', author: 'agent', authorKey: null, name: '', body: 'One moment', index: 2 },
      { ...message, key: 'e', author: 'agent', authorKey: 'author-2', name: '', body: 'Bye', index: 3 },
      { kind: 'notice', key: 'f', notice: 'agentLeft', authorKey: 'author-2', name: '', at: NOON },
    ],
  };

  const lines = transcriptText(state, en).trimEnd().split('\n');

  expect(lines.map((line) => line.split('  ')[1])).toEqual([
    'You: hello',
    'Grace has joined the chat',
    'Grace: Hi',
    'Automatic message: One moment',
    'Agent: Bye',
    'Agent has left the chat',
  ]);
});

it('names what came with a message', () => {
  const image = { key: 'ME1', name: 'ME1.png', type: 'image/png', size: 3, link: null };
  const message: ChatMessage = {
    kind: 'message',
    key: 'a',
    author: 'visitor',
    authorKey: null,
    name: '',
    body: 'Look',
    attachments: [image],
    progress: null,
    content: null,
    answer: null,
    at: NOON,
    status: 'sent',
    index: 0,
  };

  expect(transcriptText({ ...INITIAL_STATE, items: [message] }, en)).toContain('You: Look · Image: ME1.png');
});
