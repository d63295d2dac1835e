/** `npm run smoke -- URL --record FILE`: records what a real account does, to compare the emulator with it. */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { Twilio } from 'twilio';
import { probe } from './probe';
import { Recorder } from './recorder';
import { Redaction } from './redaction';
import { WebhookReceiver } from './webhook-receiver';

/** Twilio's webhooks arrive within a second or two. */
const QUIET_MS = 5000;
const WEBHOOKS = 'https://webhooks.invalid';

export interface RecordOptions {
  client: Twilio;
  serviceSid: string;
  file: string;
  /** A public address that leads to `port` on this machine; without it no webhook is recorded. */
  webhooksUrl?: string | undefined;
  port?: number;
  /** Resolves when no more webhooks are expected. By default that is after a while without one. */
  settled?: () => Promise<void>;
}

/** Answers with what was kept. */
export async function record(options: RecordOptions): Promise<string> {
  const { client, serviceSid, file, webhooksUrl, port = 0 } = options;
  const run = randomUUID();
  const redaction = new Redaction({ [run]: 'RUN', ...(webhooksUrl && { [webhooksUrl]: WEBHOOKS }) });
  const recorder = new Recorder(redaction);
  recorder.listenTo(client);
  const receiver =
    webhooksUrl === undefined
      ? undefined
      : await WebhookReceiver.start(port, (fields) => recorder.addWebhook(fields));
  try {
    await probe(client, { serviceSid, uniqueName: `parity-${run}`, webhooksUrl });
    await (options.settled?.() ?? receiver?.quiet(QUIET_MS));
  } finally {
    await receiver?.stop();
  }
  writeFileSync(file, recorder.toText());
  const webhooks = recorder.lines.filter(({ kind }) => kind === 'webhook').length;
  return `${recorder.lines.length - webhooks} calls and ${webhooks} webhooks are in ${file}, without SIDs and texts`;
}
