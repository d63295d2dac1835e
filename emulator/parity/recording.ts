/** A recording of `npm run smoke -- URL --record FILE`: a JSON line for each call and each webhook of a real account. */
import { readFileSync } from 'node:fs';

export interface RecordedCall {
  kind: 'call';
  host: string;
  method: string;
  path: string;
  query: Record<string, string>;
  form: Record<string, string | string[]>;
  webhooksEnabled: boolean;
  status: number;
  answer: unknown;
}

export interface RecordedWebhook {
  kind: 'webhook';
  fields: Record<string, unknown>;
}

export function readRecording(file: string): { calls: RecordedCall[]; webhooks: RecordedWebhook[] } {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as RecordedCall | RecordedWebhook);
  return {
    calls: lines.filter((line) => line.kind === 'call'),
    webhooks: lines.filter((line) => line.kind === 'webhook'),
  };
}
