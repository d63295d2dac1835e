/** A redacted recording, one JSON line each: the requests to Twilio, its responses, and its webhooks. */
import type { Twilio } from 'twilio';
import type { Redaction } from './redaction';

export type RecordedLine =
  | {
      kind: 'call';
      host: string;
      method: string;
      /** Below the host. */
      path: string;
      query: Record<string, string>;
      form: Record<string, string | string[]>;
      webhooksEnabled: boolean;
      status: number;
      answer: unknown;
    }
  | { kind: 'webhook'; fields: unknown };

export class Recorder {
  readonly lines: RecordedLine[] = [];

  constructor(private readonly redaction: Redaction) {}

  /** Records every call of this client from now on, including failed ones. */
  listenTo(client: Twilio): void {
    const { httpClient } = client;
    const request = httpClient.request.bind(httpClient);
    httpClient.request = async (options) => {
      const response = await request(options);
      const { hostname, pathname } = new URL(options.uri);
      const body: unknown = response.body;
      const answer: unknown = typeof body === 'string' && body !== '' ? JSON.parse(body) : (body ?? '');
      const form = (options.data ?? {}) as Record<string, unknown>;
      const headers = (options.headers ?? {}) as Record<string, unknown>;
      this.lines.push({
        kind: 'call',
        host: hostname,
        method: options.method.toUpperCase(),
        path: this.redaction.path(pathname),
        query: this.parameters((options.params ?? {}) as Record<string, unknown>) as Record<string, string>,
        form: this.parameters(form),
        webhooksEnabled: headers['X-Twilio-Webhook-Enabled'] === 'true',
        status: response.statusCode,
        answer: this.redaction.value(answer),
      });
      return response;
    };
  }

  addWebhook(fields: Record<string, string>): void {
    this.lines.push({ kind: 'webhook', fields: this.redaction.value(fields) });
  }

  toText(): string {
    return this.lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  }

  private parameters(given: Record<string, unknown>): Record<string, string | string[]> {
    return Object.fromEntries(
      Object.entries(given).map(([name, value]) => [
        name,
        Array.isArray(value)
          ? value.map((one) => this.redaction.parameter(one))
          : this.redaction.parameter(value),
      ]),
    );
  }
}
