/** The chat as this app draws it: on the server its first state, in the browser what happens. */
'use client';

import { useChat } from 'flex-custom-chat-client/react';
import type { FormEvent } from 'react';

const functionsUrl = process.env.NEXT_PUBLIC_FUNCTIONS_URL ?? 'http://localhost:3000';

export function ChatBox() {
  const { state, chat } = useChat({ functionsUrl });
  const { items, draft, phase, problem } = state;

  const send = (event: FormEvent): void => {
    event.preventDefault();
    void chat.send(draft);
  };
  return (
    <section aria-label="Chat">
      <ul aria-label="Messages">
        {items.map((item) => (
          <li key={item.key}>
            {item.kind === 'message' ? `${item.author}: ${item.body}` : `${item.notice} ${item.name}`}
          </li>
        ))}
      </ul>
      {problem && <p role="alert">{problem.code}</p>}
      {phase === 'ended' ? (
        <button onClick={() => chat.startOver()}>Start a new chat</button>
      ) : (
        <form onSubmit={send}>
          <input aria-label="Message" value={draft} onChange={(event) => chat.draft(event.target.value)} />
          <button>Send</button>
        </form>
      )}
    </section>
  );
}
