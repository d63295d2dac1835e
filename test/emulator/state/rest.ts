/** The REST API as plain HTTP, and everything that it shows of an account. */
import type { Emulator } from '../../../emulator/emulator';
import { flexInstanceSid } from '../../../emulator/flex/instance';

interface Body {
  meta?: { key: string };
  sid?: string;
}

/** An age is one of the moment of reading. */
function withoutAges(answer: string): string {
  return answer.replace(/("(?:[a-z_]+_)?age(?:_in_queue)?":)\d+/g, '$10');
}

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

  /** As the newer products of Twilio take it. */
  async postJson(path: string, body: object) {
    const headers = { 'content-type': 'application/json' };
    const response = await this.send('POST', path, { body: JSON.stringify(body), headers });
    return (await response.json()) as Record<string, string>;
  }

  async delete(path: string): Promise<void> {
    await (await this.send('DELETE', path)).text();
  }

  /** Everything that can be read, by path: each list, each of its items, and what belongs to those. Answers are not parsed. */
  async all(): Promise<Record<string, string>> {
    const routes = await this.resources();
    const seen: Record<string, string> = {};
    const read = async (path: string): Promise<void> => {
      if (path in seen) return;
      seen[path] = withoutAges(await this.get(path));
      const body = JSON.parse(seen[path]) as Body;
      const items = body.meta ? (body as unknown as Record<string, Body[]>)[body.meta.key]! : [];
      const children = [
        ...items.flatMap(({ sid }) => (sid === undefined ? [] : [`${path}/${sid}`])),
        ...routes.flatMap((route) => childOf(route, path)),
      ];
      for (const child of children) {
        if (routes.some((route) => isOf(route, child))) await read(child);
      }
    };
    const roots = routes.filter((route) => !route.includes(':'));
    for (const path of [...roots, ...this.withoutList()]) await read(path);
    return seen;
  }

  /** What Twilio lists nowhere. */
  private withoutList(): string[] {
    const { account, world } = this.emulator();
    const interactions = world.taskrouter.tasks.all().flatMap(({ attributes }) => {
      const { flexInteractionSid, flexInteractionChannelSid } = JSON.parse(attributes) as Record<
        string,
        string
      >;
      if (!flexInteractionSid) return [];
      const interaction = `/flex-api.twilio.com/v1/Interactions/${flexInteractionSid}`;
      const transfers = world.flex.transfers.ofChannel(flexInteractionChannelSid!);
      const channel = `${interaction}/Channels/${flexInteractionChannelSid}`;
      return [interaction, ...transfers.map(({ sid }) => `${channel}/Transfers/${sid}`)];
    });
    const instance = flexInstanceSid(account.accountSid);
    return [
      ...interactions,
      `/flex-api.twilio.com/v1/Instances/${instance}/InteractionWebhooks`,
      ...[...world.flex.notes.keys()].map(
        (sid) => `/preview.twilio.com/Flex/Instances/${instance}/Notes/${sid}`,
      ),
    ];
  }

  /**
   * By their paths, as the emulator names them. What the CDNs have is no resource. The interval of cumulative statistics ends
   * at the moment of reading, so they differ each time.
   */
  private async resources(): Promise<string[]> {
    return (await this.emulator().world.http.routes())
      .filter(
        ({ method, url }) =>
          [method].flat().includes('GET') && /^\/[a-z-]+\.twilio\.com\/(v\d|Flex)/.test(url),
      )
      .map(({ url }) => url.replace(/\{[^}]*\}|\/$/g, ''))
      .filter((url) => !url.endsWith('/CumulativeStatistics'));
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

function isOf(route: string, path: string): boolean {
  const [wanted, given] = [route.split('/'), path.split('/')];
  return (
    wanted.length === given.length && wanted.every((part, at) => part.startsWith(':') || part === given[at])
  );
}

/** What a route has below this path, if its last part is a name. */
function childOf(route: string, path: string): string[] {
  const name = route.slice(route.lastIndexOf('/') + 1);
  return !name.startsWith(':') && isOf(route, `${path}/${name}`) ? [`${path}/${name}`] : [];
}
