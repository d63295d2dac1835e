/** The processes with the SDK sessions: one process cannot handle a thousand and still measure time. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { ClientReport, ClientTask, Result, Seat, ToClient } from './protocol';

/** A message that has not arrived this long after all were sent is lost. */
const PATIENCE_S = 60;

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
    let result = await this.result({ type: 'start', at });
    for (let waited = 0; isIncomplete(result) && waited < PATIENCE_S; waited++) {
      await setTimeout(1000);
      const { cpuMs } = result;
      result = { ...(await this.result({ type: 'tell' })), cpuMs };
    }
    return result;
  }

  private async result(message: ToClient): Promise<Result> {
    const reports = await this.all('done', () => message);
    const results = reports as (ClientReport & { type: 'done' })[];
    return {
      sent: results.reduce((sum, { sent }) => sum + sent, 0),
      failed: results.reduce((sum, { failed }) => sum + failed, 0),
      latenciesMs: results.flatMap(({ latenciesMs }) => latenciesMs),
      cpuMs: results.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
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

function isIncomplete({ sent, failed, latenciesMs }: Result): boolean {
  return latenciesMs.length < sent - failed;
}
