/** The emulator's own routes: the agent, the data of the desk, and the controls, which tests use, too. */
import type { Overview } from './state/tasks';

export interface DeskSession {
  token: string;
  identity: string;
  /** What the customer sees. */
  name: string;
  clientOptions: Record<string, unknown>;
  workspaceSid: string;
  workerSid: string;
  accountSid: string;
  authToken: string;
}

export class EmulatorClient {
  /** `agent`: the login of an agent; the first agent by default. */
  constructor(private readonly agent: string | null) {}

  async session(): Promise<DeskSession> {
    return (await this.get('/emulator/desk/token').catch((error: Error) => {
      throw this.agent === null
        ? error
        : new Error(`Unknown agent "${this.agent}": .env.emulator lists the agents`);
    })) as DeskSession;
  }

  async overview(): Promise<Overview> {
    return (await this.get('/emulator/desk/overview')) as Overview;
  }

  async advanceClock(advanceMs: number): Promise<void> {
    await request('POST', '/emulator/clock', { advanceMs });
  }

  /** All connections of customers and agents, to Conversations and TaskRouter. Returns how many there were. */
  async dropConnections(): Promise<number> {
    const { dropped: chats } = (await request('POST', '/emulator/realtime/drop', {})) as { dropped: number };
    const { dropped: bridges } = (await request('POST', '/emulator/event-bridge/drop', {})) as {
      dropped: number;
    };
    return chats + bridges;
  }

  async fail(fault: object): Promise<void> {
    await request('POST', '/emulator/faults', fault);
  }

  async clearFaults(): Promise<void> {
    await request('DELETE', '/emulator/faults');
  }

  async reset(): Promise<void> {
    await request('POST', '/emulator/reset');
  }

  private get(path: string): Promise<unknown> {
    return request(
      'GET',
      this.agent === null ? path : `${path}?${new URLSearchParams({ agent: this.agent })}`,
    );
  }
}

async function request(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(path, {
    method,
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = response.status === 204 ? {} : await response.json();
  if (!response.ok)
    throw new Error((answer as { message?: string }).message ?? `${path}: ${response.status}`);
  return answer;
}
