/** Requests for Media that no SDK makes. */
import type { ChatWorld } from '../../realtime/sdk';

export type Headers = Record<string, string>;

/** The fields of Media that the tests read. */
interface MediaBody {
  sid: string;
  channel_sid: string | null;
  links: { content_direct_temporary: string };
}

export function mediaUrl({ emulator, serviceSid }: ChatWorld, path: string): string {
  return `${emulator.url}/mcs.us1.twilio.com/v1/Services/${serviceSid}${path}`;
}

export async function uploadMedia(
  chat: ChatWorld,
  content: NonNullable<RequestInit['body']>,
  headers: Headers,
  query = '',
) {
  const response = await fetch(mediaUrl(chat, `/Media${query}`), { method: 'POST', headers, body: content });
  return { status: response.status, body: (await response.json()) as MediaBody };
}

export async function getMedia(chat: ChatWorld, path: string, headers: Headers) {
  const response = await fetch(mediaUrl(chat, path), { headers });
  return { status: response.status, text: await response.text() };
}

export async function getMediaSet(chat: ChatWorld, headers: Headers, sid: string) {
  const body = JSON.stringify({ command: 'get', list: [{ media_sid: sid }] });
  const sent = { ...headers, 'content-type': 'application/json' };
  const response = await fetch(mediaUrl(chat, '/MediaSet'), { method: 'POST', headers: sent, body });
  return (await response.json()) as { code: number }[];
}
