/** The chat's panel, opened by the app's own button, which says how many messages wait. */
import { createWidget } from 'flex-custom-chat-client/widget';

const chat = createWidget({
  functionsUrl: import.meta.env.VITE_FUNCTIONS_URL ?? 'http://localhost:3000',
  launcher: 'hidden',
  context: { order: '4711' },
});

const help = document.querySelector<HTMLButtonElement>('#help')!;
const status = document.querySelector<HTMLParagraphElement>('#status')!;

help.addEventListener('click', () => chat.open());
chat.on('agentJoined', ({ name }) => (status.textContent = `${name} is here for you`));
chat.on('unread', ({ count }) => (help.textContent = count > 0 ? `Help (${count} new)` : 'Help'));
