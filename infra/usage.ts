/** `--help` of every command, generated from its options, and the check of what was typed. */
import { parseArgs } from 'node:util';

export interface Option {
  type: 'string' | 'boolean';
  multiple?: boolean;
  /** A placeholder, for example NAME. */
  value?: string;
  help: string;
}

export interface Usage {
  /** As you type it, for example `npm run deploy`. */
  command: string;
  does: string;
  /** A placeholder after the options, for example URL. */
  positional?: string;
  options?: Readonly<Record<string, Option>>;
  /** The arguments belong to another program, such as Jest, which knows its own options. */
  forwardsArguments?: boolean;
}

/** Throws for an option that the command does not have. */
export function checkOptions(args: readonly string[], { options = {}, forwardsArguments }: Usage): void {
  if (forwardsArguments) return;
  const known = Object.entries(options).map(([name, { type, multiple = false }]) => [
    name,
    { type, multiple },
  ]);
  parseArgs({ args: [...args], options: Object.fromEntries(known) as ParseOptions, allowPositionals: true });
}

type ParseOptions = Record<string, { type: 'string' | 'boolean'; multiple: boolean }>;

export function wantsHelp(args: readonly string[]): boolean {
  return args.includes('--help') || args.includes('-h');
}

export function helpText({ command, does, positional, options = {} }: Usage): string {
  const all = Object.entries({ ...options, help: { type: 'boolean', help: 'shows this help' } as Option });
  const rows = all.map(([name, { value, help, multiple }]) => [
    `  --${name}${value ? ` ${value}` : ''}`,
    `${help}${multiple ? ' (may be given several times)' : ''}`,
  ]);
  const width = Math.max(...rows.map(([left]) => left!.length)) + 3;
  const lines = rows.map(([left, right]) => `${left!.padEnd(width)}${right}`);
  const separator = command.startsWith('npm ') ? ' --' : '';
  return `${command}${separator} [options]${positional ? ` ${positional}` : ''}\n\n${does}\n\n${lines.join('\n')}`;
}
