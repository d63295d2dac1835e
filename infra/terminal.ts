/** Output and prompts of the commands in this folder. Secrets pass through `ask` and are never printed. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { checkOptions, helpText, wantsHelp, type Usage } from './usage';

/** A failure that you can fix: what happened, and what to do next. */
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

/** Prompts the user. */
export type Ask = (question: string) => Promise<string>;

/** The input of a command: tests pass a folder and an environment, and read the output. */
export interface CommandOptions {
  folder: string;
  environment: Record<string, string | undefined>;
  args?: string[];
  print: Print;
  /** Undefined without a terminal. */
  ask?: Ask;
}

/** Runs a command, which may return an exit code. A failure becomes two lines; only a bug prints a stack. */
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
  Promise.resolve()
    .then(() => checkOptions(args, usage))
    .then(() => command(options))
    .then(
      (code) => {
        process.exitCode = code ?? 0;
      },
      (error: Error) => {
        const { code = '' } = error as NodeJS.ErrnoException;
        // An invalid option, or Ctrl-C at a prompt.
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
      `${question} is not set, and a prompt needs a terminal.`,
      'Set it in .env or in the environment.',
    );
  }
  process.stdout.write(`${question}: `);
  // readline echoes the input; for a secret the output is discarded.
  const output = isSecret ? new Writable({ write: (_chunk, _encoding, done) => done() }) : process.stdout;
  const reader = createInterface({ input: process.stdin, output, terminal: true });
  const answer = await reader.question('');
  reader.close();
  if (isSecret) process.stdout.write('\n');
  return answer.trim();
}
