/** The REST API as plain HTTP, and everything that it shows of an account. */
import type { Emulator } from '../../../emulator/emulator';

export class Rest {
  constructor(private readonly emulator: () => Emulator) {}

  async get(path: string): Promise<string> {
    return (await this.send('GET', path)).text();
  }

  /** Refused or not. */
  async post(path: string, form: Record<string, string> = {}, headers: Record<string, string> = {}) {
    const response = await this.send('POST', path, { body: new URLSearchParams(form), headers });
    return (await response.json()) as Record<string, string>;
  }

  async delete(path: string): Promise<void> {
    await (await this.send('DELETE', path)).text();
  }

  /** By path, each list and what belongs to each of its items. Bytes as they are answered. */
  async all(): Promise<Record<string, string>> {
    const { account } = this.emulator();
    const seen: Record<string, string> = {};
    const read = async (path: string): Promise<{ sid: string; interaction?: string }[]> => {
      const text = await this.get(path);
      // An age is one of the moment of reading.
      seen[path] = text.replace(/"age":\d+/g, '"age":0');
      const body = JSON.parse(text) as { meta?: { key: string } } & Record<string, never>;
      return body.meta ? body[body.meta.key]! : [];
    };
    const conversations = '/conversations.twilio.com/v1/Conversations';
    for (const { sid } of await read(`${conversations}?PageSize=100`)) {
      for (const part of ['Participants', 'Messages', 'Webhooks'])
        await read(`${conversations}/${sid}/${part}`);
    }
    for (const part of ['Users', 'Roles', 'Services', 'Configuration/Webhooks']) {
      await read(`/conversations.twilio.com/v1/${part}`);
    }
    for (const { sid } of await read('/conversations.twilio.com/v1/Users?PageSize=100')) {
      await read(`/conversations.twilio.com/v1/Users/${sid}/Conversations`);
    }
    const workspace = `/taskrouter.twilio.com/v1/Workspaces/${account.workspaceSid}`;
    for (const part of ['Activities', 'TaskChannels', 'TaskQueues', 'Workflows', 'Workers']) {
      await read(`${workspace}/${part}`);
    }
    for (const { sid } of await read(`${workspace}/Tasks?PageSize=100`)) {
      await read(`${workspace}/Tasks/${sid}/Reservations`);
      const { attributes } = JSON.parse(await this.get(`${workspace}/Tasks/${sid}`)) as {
        attributes: string;
      };
      const { flexInteractionSid } = JSON.parse(attributes) as { flexInteractionSid?: string };
      if (!flexInteractionSid) continue;
      const interaction = `/flex-api.twilio.com/v1/Interactions/${flexInteractionSid}`;
      await read(interaction);
      for (const { sid: channel } of await read(`${interaction}/Channels`)) {
        await read(`${interaction}/Channels/${channel}/Participants`);
      }
    }
    for (const { sid } of await read('/studio.twilio.com/v2/Flows')) {
      for (const execution of await read(`/studio.twilio.com/v2/Flows/${sid}/Executions?PageSize=100`)) {
        await read(`/studio.twilio.com/v2/Flows/${sid}/Executions/${execution.sid}/Steps`);
        await read(`/studio.twilio.com/v2/Flows/${sid}/Executions/${execution.sid}/Context`);
      }
    }
    return seen;
  }

  private send(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const { url, account } = this.emulator();
    const credentials = Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64');
    return fetch(url + path, {
      ...init,
      method,
      headers: { ...init.headers, authorization: `Basic ${credentials}` },
    });
  }
}
