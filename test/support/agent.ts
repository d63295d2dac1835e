/** Agents with Twilio's own software: the unmodified twilio-taskrouter on the emulator's event bridge. */
import { Worker, Workspace, type Reservation, type WorkerOptions } from 'twilio-taskrouter';
import type { EmbeddedWorker } from '../../emulator/core/account';
import type { Emulator } from '../../emulator/emulator';
import { createAgentToken } from '../../emulator/flex/agent-token';
import './loose-timers';

/** Both are needed: one without the other is ignored. They are deprecated, without a replacement. */
function bridgeOptions(emulatorUrl: string): WorkerOptions & { ebServer: string; wsServer: string } {
  const address = `${emulatorUrl}/event-bridge.twilio.com/v1/wschannels`;
  return { ebServer: address, wsServer: address.replace('http', 'ws'), logLevel: 'silent' };
}

export class Agents {
  private readonly connected: Worker[] = [];

  constructor(private readonly emulator: () => Emulator) {}

  token(worker: EmbeddedWorker = this.emulator().account.workers[0]): string {
    const { account, world } = this.emulator();
    return createAgentToken(account, worker, world.clock);
  }

  /** Connects an agent with all their Reservations. */
  async connect(worker?: EmbeddedWorker, options: Partial<WorkerOptions> = {}): Promise<Worker> {
    const agent = new Worker(this.token(worker), { ...bridgeOptions(this.emulator().url), ...options });
    // An error event without a listener would end the process.
    agent.on('error', () => undefined);
    this.connected.push(agent);
    await new Promise<void>((resolve) => agent.once('ready', () => resolve()));
    return agent;
  }

  workspace(): Workspace {
    return new Workspace(this.token(), bridgeOptions(this.emulator().url));
  }

  disconnect(): void {
    for (const agent of this.connected.splice(0)) agent.disconnect();
  }
}

/** Resolves with the next Reservation. */
export function nextReservation(agent: Worker): Promise<Reservation> {
  return new Promise((resolve) => agent.once('reservationCreated', resolve));
}

/** Resolves at the next such event. */
export function nextEvent<Emitter extends { once(name: never, listener: () => void): unknown }>(
  emitter: Emitter,
  name: Parameters<Emitter['once']>[0],
): Promise<void> {
  return new Promise((resolve) => emitter.once(name, () => resolve()));
}

export async function moveTo(agent: Worker, activityName: string): Promise<void> {
  const activity = [...agent.activities.values()].find(({ name }) => name === activityName);
  if (!activity) throw new Error(`There is no Activity ${activityName}`);
  await activity.setAsCurrent();
}
