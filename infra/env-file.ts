/** The project's `.env`: read, and merged without losing a line that stands there. */
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'dotenv';
import { isSet, isSettingName, SETTINGS } from '../src/assets/settings/settings.private';
import { lineOf } from './env-lines';
import { readText } from './text-file';

export type Values = Record<string, string>;

export class EnvFile {
  constructor(
    readonly file: string,
    /** What a file that isn't there yet begins with. */
    private readonly template = '',
  ) {}

  get name(): string {
    return basename(this.file);
  }

  get exists(): boolean {
    return existsSync(this.file);
  }

  text(): string {
    return this.exists ? readText(this.file, `Make ${this.name} a file that you can read.`) : this.template;
  }

  /** What is set, as the toolkit reads it and the Functions see it. */
  read(): Values {
    const all = parse(this.exists ? this.text() : '');
    return Object.fromEntries(Object.entries(all).filter(([name, value]) => isSet(name, value)));
  }

  /** What can be asked about at Twilio: a malformed SID would make an address of its own. The doctor says where it is. */
  readWellFormed(): Values {
    return Object.fromEntries(
      Object.entries(this.read()).filter(([name, value]) => isWellFormed(name, value)),
    );
  }

  /** The number of the line that a setting is in, for a person who is to change it. */
  lineOf(name: string): number | undefined {
    return this.exists ? lineOf(this.text(), name) : undefined;
  }

  merge(values: Values): void {
    const merged = mergeValues(this.text(), values);
    if (!this.exists || merged !== this.text()) this.write(merged);
  }

  /** A line of our own that is no setting, so that it is never deployed. */
  note(mark: string): string | undefined {
    return new RegExp(`^# ${mark}: (\\S+)$`, 'm').exec(this.text())?.[1];
  }

  setNote(mark: string, value: string): void {
    const line = `# ${mark}: ${value}`;
    const present = this.note(mark);
    const text = this.text();
    this.write(
      present === undefined ? `${withNewline(text)}\n${line}\n` : text.replace(`# ${mark}: ${present}`, line),
    );
  }

  /** In one step, so that a killed run leaves the old file or the new one; readable by its owner alone. */
  private write(text: string): void {
    const next = `${this.file}.next`;
    // Of a run that was killed right here; its access rights would stay.
    rmSync(next, { force: true });
    writeFileSync(next, text, { mode: 0o600 });
    renameSync(next, this.file);
  }
}

function isWellFormed(name: string, value: string): boolean {
  try {
    if (isSettingName(name)) SETTINGS[name].parse(value);
    return true;
  } catch {
    return false;
  }
}

/** Each value takes the line that sets its name already, or the commented example of it, or a new line at the end. */
export function mergeValues(text: string, values: Values): string {
  const lines = withNewline(text).split('\n').slice(0, -1);
  for (const [name, value] of Object.entries(values)) {
    const line = `${name}=${quoted(value)}`;
    const set = lines.findLastIndex((one) => new RegExp(`^\\s*(export\\s+)?${name}\\s*=`).test(one));
    const example = lines.findIndex((one) => one.startsWith(`# ${name}=`));
    if (set >= 0) lines[set] = line;
    else if (example >= 0) lines.splice(example + 1, 0, line);
    else lines.push(line);
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/**
 * As the toolkit's dotenv reads it, and others too as far as they can: that one takes the outermost quotes away, and
 * makes line breaks of \n in double quotes only.
 */
function quoted(value: string): string {
  if (/^[\w./:*,@+=-]*$/.test(value)) return value;
  const isDouble = value.includes('\n') || (value.includes("'") && !value.includes('\\n'));
  return isDouble ? `"${value.replaceAll('\n', '\\n')}"` : `'${value}'`;
}

function withNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
