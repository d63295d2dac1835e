/** The instances of one deployed Environment. Each runs one call at a time and stays warm for the next, as in the cloud. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Clock } from '../../core/clock';
import { INSTANCE_PROGRAM } from '../../core/places';
import type { Log } from '../model';
import { failure, parseMessage, type Answer } from './message';
import { allIn, permissionArgs } from './permissions';

/** Source: docs https://www.twilio.com/docs/serverless/functions-assets/functions/request-flow */
const TIMEOUT_MS = 10_000;
/** Calls beyond these wait. Differs: the cloud starts as many as are needed. */
const MAX_INSTANCES = 4;

/** What a task is started with; the process sees nothing else of this machine. */
export interface Task {
  folder: string;
  privateAssets: Record<string, string>;
  functions: Record<string, { path: string }>;
  /** ACCOUNT_SID, DOMAIN_NAME and so on, and the Environment's Variables. */
  context: Record<string, string>;
  /** Environment variables of the process besides. */
  processEnv: Record<string, string>;
  /** The folders that it may read and write, with all that is below them. */
  readable: string[];
  writable: string[];
}

export interface Call {
  /** The file of the Function. */
  file: string;
  path: string;
  event: object;
  onLog(line: Pick<Log, 'level' | 'message'>): void;
}

export class Instances {
  private idle: ChildProcess[] = [];
  private readonly all = new Set<ChildProcess>();
  private retired = false;
  private readonly waiting: Array<() => void> = [];

  constructor(
    private readonly task: Task,
    private readonly clock: Clock,
  ) {}

  async invoke(call: Call): Promise<Answer> {
    const instance = await this.take();
    const answer = await this.run(instance, call);
    if (this.retired) instance.kill('SIGKILL');
    else if (instance.connected) this.idle.push(instance);
    this.waiting.shift()?.();
    return answer;
  }

  /** Stops taking calls and lets running ones finish. Settles when none is left. */
  async retire(): Promise<void> {
    this.retired = true;
    const gone = [...this.all].map((instance) => once(instance, 'exit'));
    for (const instance of this.idle) instance.kill('SIGKILL');
    await Promise.all(gone);
  }

  /** Also ends running calls. */
  kill(): void {
    for (const instance of this.all) instance.kill('SIGKILL');
  }

  private async take(): Promise<ChildProcess> {
    while (this.idle.length === 0 && this.all.size >= MAX_INSTANCES) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    return this.idle.pop() ?? this.start();
  }

  private start(): ChildProcess {
    const { processEnv, context, readable, writable, ...task } = this.task;
    const instance = fork(INSTANCE_PROGRAM, {
      cwd: task.folder,
      // Not the Variables: Node would read NODE_OPTIONS among them, which takes every limit away.
      env: processEnv,
      execArgv: permissionArgs({
        readable: [INSTANCE_PROGRAM, ...readable.map(allIn)],
        writable: writable.map(allIn),
      }),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.all.add(instance);
    instance.once('exit', () => {
      this.all.delete(instance);
      this.idle = this.idle.filter((other) => other !== instance);
    });
    instance.send({ task: { ...task, context } });
    return instance;
  }

  private run(instance: ChildProcess, { file, path, event, onLog }: Call): Promise<Answer> {
    return new Promise((resolve) => {
      const end = (answer: Answer): void => {
        timer.cancel();
        instance.off('message', handle).off('exit', crash);
        resolve(answer);
      };
      const handle = (message: unknown): void => {
        const { answer, log } = parseMessage(message);
        if (log) onLog(log);
        if (answer) end(answer);
      };
      // Guess: the answer if the process dies (an unhandled rejection, process.exit).
      const crash = (): void => end(failure(500, 'The Function ended without an answer'));
      const timer = this.clock.after(TIMEOUT_MS, () => {
        instance.kill('SIGKILL');
        this.all.delete(instance);
        // Source: docs https://www.twilio.com/docs/serverless/functions-assets/faq (text), …/functions/request-flow (504)
        onLog({ level: 'ERROR', message: 'runtime application timed out' });
        instance.disconnect();
        end(failure(504, 'runtime application timed out'));
      });
      instance.on('message', handle).once('exit', crash);
      instance.send({ file, path, event }, () => undefined);
    });
  }
}
