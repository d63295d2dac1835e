/** The processes that hold the SDK sessions: one cannot hold a thousand and still tell the time. */
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

  /** Both ends of a Conversation sit in different processes, where there are several: a delivery crosses all of them. */
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

  /** Tells each process something and waits for each one's answer. */
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
              else reject(new Error(`A client process said ${report.type}, not ${answer}`));
            });
            child.send(message(index));
          }),
      ),
    );
  }
}
