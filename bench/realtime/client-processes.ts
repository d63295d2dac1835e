/** The processes with the SDK sessions: one process cannot handle a thousand and still measure time. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ClientReport, ClientTask, Seat, ToClient } from './protocol';

export interface Result {
  sent: number;
  failed: number;
  latenciesMs: number[];
}

export class ClientProcesses {
  private readonly children: ChildProcess[];

  constructor(count: number) {
    const file = join(__dirname, 'client-process.ts');
    this.children = Array.from({ length: count }, () => fork(file, { execArgv: ['--import', 'tsx'] }));
  }

  /** With several processes, the two ends of a Conversation are in different ones, so that a delivery crosses processes. */
  async connect(seats: readonly Seat[], task: Omit<ClientTask, 'seats'>): Promise<void> {
    const { length } = this.children;
    await this.all('connected', (index) => ({
      type: 'connect',
      task: { ...task, seats: seats.filter((_, position) => position % length === index) },
    }));
  }

  async talk(at: number): Promise<Result> {
    const reports = await this.all('done', () => ({ type: 'start', at }));
    const results = reports as (ClientReport & { type: 'done' })[];
    return {
      sent: results.reduce((sum, { sent }) => sum + sent, 0),
      failed: results.reduce((sum, { failed }) => sum + failed, 0),
      latenciesMs: results.flatMap(({ latenciesMs }) => latenciesMs),
    };
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.children.map(async (child) => {
        if (child.exitCode !== null) return;
        const exit = once(child, 'exit');
        child.kill();
        await exit;
      }),
    );
  }

  /** Sends each process a message and waits for all answers. */
  private all(answer: ClientReport['type'], message: (index: number) => ToClient): Promise<ClientReport[]> {
    return Promise.all(
      this.children.map(
        (child, index) =>
          new Promise<ClientReport>((resolve, reject) => {
            const ended = (code: number | null): void =>
              reject(new Error(`A client process ended with ${code} before it was ${answer}`));
            child.once('exit', ended);
            child.once('message', (report: ClientReport) => {
              child.off('exit', ended);
              if (report.type === answer) resolve(report);
              else reject(new Error(`A client process reported ${report.type} instead of ${answer}`));
            });
            child.send(message(index));
          }),
      ),
    );
  }
}
