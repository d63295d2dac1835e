/** Every word that the chat shows. One table, so that other languages are other tables. */
import type { Problem } from '../state/model';

export const TEXT = {
  title: 'Chat with us',
  greeting: 'How can we help?',
  introduction: 'Write to us here and a member of our team will join the conversation.',
  nameLabel: 'Your name (optional)',
  transcript: 'Messages',
  composer: 'Message',
  composerPlaceholder: 'Write a message…',
  send: 'Send',
  startOver: 'Start a new chat',
  retry: 'Try again',
  you: 'You',
  automatic: 'Automatic message',
  sending: 'Sending…',
  sent: 'Sent',
  seen: 'Seen',
  failed: 'Not sent.',
  readyStatus: 'We are here to help',
  startingStatus: 'Connecting…',
  waitingStatus: 'Waiting for an agent',
  agentStatus: 'Your agent · online',
  endedStatus: 'This chat has ended',
  ended: 'This chat has ended. Thank you for writing to us.',
  reconnecting: 'Connection lost. Reconnecting… What you write is kept.',
  resuming: 'Getting your conversation back…',
  agentJoined: (name: string) => `${name} has joined the chat`,
  agentLeft: (name: string) => `${name} has left the chat`,
  typing: (name: string) => `${name} is typing…`,
  said: (name: string, body: string) => `${name}: ${body}`,
} as const;

/** What happened, and what to do next. */
export function problemText({ code, retryable }: Problem): string {
  if (code === 'unreachable') return 'We cannot be reached just now. Check your connection and try again.';
  if (code === 'gone') return 'This conversation is no longer available. Start a new chat to go on.';
  if (retryable) return 'That did not work. Please try again in a moment.';
  return 'Your session has come to its end. Start a new chat to go on.';
}

export function timeText(at: number): string {
  return new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
