/** The customer page: puts the parts together. */
import { render } from 'preact';
import { createChat } from './create-chat';
import { App } from './view/app';

// This script is an asset of the same deployment as the Functions.
const chat = createChat({ functionsUrl: new URL('.', import.meta.url).href });
render(<App chat={chat} />, document.getElementById('chat')!);
void chat.resume();
