/** What the commands of this folder say, and what they ask. Secrets pass through `ask` and are never printed. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { helpText, wantsHelp, type Usage } from './usage';

/** A failure that the person at the keyboard can do something about: what happened, and what to do next. */
export class Remedy extends Error {
  override readonly name = 'Remedy';

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

export type Print = (line: string) => void;

/** Puts a question to the person at the keyboard. */
export type Ask = (question: string) => Promise<string>;

/** What a command gets: tests give it a folder and an environment of their own, and read what it prints. */
export interface CommandOptions {
  folder: string;
  environment: Record<string, string | undefined>;
  args?: string[];
  print: Print;
  /** Missing where there is no terminal to ask at. */
  ask?: Ask;
}

/** Runs a command, which may answer with an exit code; a failure becomes two lines, never a stack unless it is a defect. */
export function runCommand(command: (options: CommandOptions) => Promise<number | void>, usage: Usage): void {
  const [, , ...args] = process.argv;
  if (wantsHelp(args)) return console.log(helpText(usage));
  const options: CommandOptions = {
    folder: process.cwd(),
    environment: process.env,
    args,
    print: console.log,
    ...(process.stdin.isTTY && { ask }),
  };
  // A wrong option can be noticed before there is a promise.
  Promise.resolve()
    .then(() => command(options))
    .then(
      (code) => {
        process.exitCode = code ?? 0;
      },
      (error: Error) => {
        const { code = '' } = error as NodeJS.ErrnoException;
        // A wrong option, or Ctrl-C at a question.
        if (code === 'ABORT_ERR') console.error(error.message);
        else if (code.startsWith('ERR_PARSE_ARGS'))
          console.error(`\nStopped: ${error.message}\nNext: ${usage.command} -- --help shows the options.`);
        else if (error instanceof Remedy) console.error(`\nStopped: ${error.message}\nNext: ${error.remedy}`);
        else console.error(error.stack);
        process.exitCode = 1;
      },
    );
}

export async function ask(question: string, { isSecret = false } = {}): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new Remedy(
      `${question} is not set, and there is no terminal to ask at.`,
      'Set it in .env or in the environment.',
    );
  }
  process.stdout.write(`${question}: `);
  // What is typed is echoed by readline; a secret goes nowhere.
  const output = isSecret ? new Writable({ write: (_chunk, _encoding, done) => done() }) : process.stdout;
  const reader = createInterface({ input: process.stdin, output, terminal: true });
  const answer = await reader.question('');
  reader.close();
  if (isSecret) process.stdout.write('\n');
  return answer.trim();
}
