/** `--help` of every command, generated from its options. */

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
}

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
