/** The first call of a visitor's page. */
import { Remedy } from '../terminal';

export interface StartedChat {
  token: string;
  conversationSid: string;
  clientOptions?: { Twilsock?: { uri: string } };
}

export async function startChat(url: string, origin: string | undefined): Promise<StartedChat> {
  const answer = await post(url, origin, { friendlyName: 'Smoke test' });
  if (!answer.ok) {
    throw new Remedy(
      `${url} answered ${answer.status}: ${await answer.text()}`,
      answer.status === 403
        ? 'Name a page that ALLOWED_ORIGINS allows: npm run smoke -- URL --origin https://www.yourshop.com'
        : 'Run npm run doctor, and read the logs of the Service: Twilio Console, Functions.',
    );
  }
  return (await answer.json()) as StartedChat;
}

export async function post(url: string, origin: string | undefined, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(origin && { origin }) };
  try {
    return await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  } catch (error) {
    const { cause, message } = error as Error;
    throw new Remedy(
      `${url} could not be reached: ${cause instanceof Error ? cause.message : message}`,
      'Check the address: npm run deploy prints it.',
    );
  }
}
