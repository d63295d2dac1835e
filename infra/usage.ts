/** `--help` of every command, generated from its options, and the check of what was typed. */
import { parseArgs } from 'node:util';
import { didYouMean, nearestName } from './nearest-name';

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

/** Throws for an option that the command does not have, and for one without its value. Node's own messages name no remedy. */
export function checkOptions(args: readonly string[], usage: Usage): void {
  const { options = {}, forwardsArguments } = usage;
  if (forwardsArguments) return;
  const known = Object.entries(options).map(([name, { type, multiple = false }]) => [
    name,
    { type, multiple },
  ]);
  const config = {
    args: [...args],
    options: Object.fromEntries(known) as ParseOptions,
    allowPositionals: true,
  };
  for (const token of parseArgs({ ...config, strict: false, tokens: true }).tokens) {
    if (token.kind === 'option') checkOption(token, options);
  }
  parseArgs(config);
}

interface OptionToken {
  name: string;
  /** As it was typed. */
  rawName: string;
  value: string | undefined;
  inlineValue: boolean | undefined;
}

function checkOption(
  { name, rawName, value, inlineValue }: OptionToken,
  options: Readonly<Record<string, Option>>,
): void {
  if (!Object.hasOwn(options, name)) {
    const meant = nearestName(name, Object.keys(options));
    throw invalid(`Unknown option ${rawName}.${didYouMean(meant && `--${meant}`)}`, 'UNKNOWN_OPTION');
  }
  const { type, value: placeholder = 'VALUE' } = options[name]!;
  const isMissing = value === undefined || (!inlineValue && value.startsWith('-'));
  if (type === 'string' && isMissing) {
    throw invalid(`${rawName} needs a value: ${rawName} ${placeholder}.`, 'INVALID_OPTION_VALUE');
  }
}

/** With a code of Node's: `runCommand` adds where the options are listed. */
function invalid(message: string, code: string): Error {
  return Object.assign(new Error(message), { code: `ERR_PARSE_ARGS_${code}` });
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
