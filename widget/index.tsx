/** The customer page: puts the parts together. */
import { render } from 'preact';
import { Chat } from './chat';
import { openConversation } from './transport/conversations-client';
import { createFunctionsClient } from './transport/functions-client';
import { createSessionStorage } from './transport/session-storage';
import { App } from './view/app';

const chat = new Chat({
  // This script is an asset of the same deployment as the Functions.
  functions: createFunctionsClient(new URL('.', import.meta.url).href),
  openConversation,
  storage: createSessionStorage(() => window.sessionStorage),
});
render(<App chat={chat} />, document.getElementById('chat')!);
void chat.resume();
