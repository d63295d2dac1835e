/** The emulator's controls behind the desk's buttons. Each returns a text that describes its effect. */
import type { EmulatorClient } from './emulator-client';
import type { Store } from './store';

export interface Advance {
  name: string;
  ms: number;
}

export const ADVANCES: readonly Advance[] = [
  { name: '1 minute', ms: 60_000 },
  { name: '10 minutes', ms: 600_000 },
  { name: '1 hour', ms: 3_600_000 },
  { name: '1 day', ms: 86_400_000 },
];

export interface Failure {
  /** Follows "The next call to Conversations" in a sentence. */
  name: string;
  fault: object;
}

export const FAILURES: readonly Failure[] = [
  { name: 'answers 503', fault: { kind: 'status', status: 503 } },
  { name: 'answers 429', fault: { kind: 'status', status: 429, headers: { 'retry-after': '1' } } },
  { name: 'loses its answer', fault: { kind: 'resetAfter' } },
  { name: 'never reaches Twilio', fault: { kind: 'resetBefore' } },
];

export class Controls {
  constructor(
    private readonly store: Store,
    private readonly emulator: EmulatorClient,
    private readonly refresh: () => Promise<void>,
  ) {}

  async advanceClock({ name, ms }: Advance): Promise<void> {
    await this.run(`The emulator's clock is ${name} ahead of where it was.`, () =>
      this.emulator.advanceClock(ms),
    );
    await this.refresh();
  }

  async dropConnections(): Promise<void> {
    await this.store.attempt(async () => {
      const count = await this.emulator.dropConnections();
      this.store.change({ notice: `${count} connections dropped. Clients come back by themselves.` });
    });
  }

  /** Of the REST calls that the Functions make. */
  async failNextCall({ name, fault }: Failure): Promise<void> {
    await this.run(`The next REST call to Conversations ${name}.`, () =>
      this.emulator.fail({ ...fault, host: 'conversations.twilio.com', times: 1 }),
    );
  }

  async clearFaults(): Promise<void> {
    await this.run('No call will fail.', () => this.emulator.clearFaults());
  }

  /** The timeline's stream then announces a new world, and the page reloads. */
  async reset(): Promise<void> {
    await this.run('The emulator has been reset.', () => this.emulator.reset());
  }

  private async run(notice: string, action: () => Promise<void>): Promise<void> {
    if (await this.store.attempt(action)) this.store.change({ notice });
  }
}
