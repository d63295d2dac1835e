/** The project's `.env`: reads it, and merges values without losing a line. */
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
    /** The initial text of a file that does not exist yet. */
    private readonly template = '',
  ) {}

  get name(): string {
    return basename(this.file);
  }

  get exists(): boolean {
    return existsSync(this.file);
  }

  text(): string {
    return this.exists ? readText(this.file, `Make ${this.name} a readable file.`) : this.template;
  }

  /** The values, as the toolkit and the Functions read them. */
  read(): Values {
    const all = parse(this.exists ? this.text() : '');
    return Object.fromEntries(Object.entries(all).filter(([name, value]) => isSet(name, value)));
  }

  /**
   * The values that can be sent to Twilio: a malformed SID would change the address of a request. The doctor reports
   * its line.
   */
  readWellFormed(): Values {
    return Object.fromEntries(
      Object.entries(this.read()).filter(([name, value]) => isWellFormed(name, value)),
    );
  }

  /** The line number of a setting, for messages. */
  lineOf(name: string): number | undefined {
    return this.exists ? lineOf(this.text(), name) : undefined;
  }

  merge(values: Values): void {
    const merged = mergeValues(this.text(), values);
    if (!this.exists || merged !== this.text()) this.write(merged);
  }

  /** A comment of this project, not a setting, so that it is never deployed. */
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

  /** Atomic, so that a killed run leaves the old file or the new one; readable only by its owner. */
  private write(text: string): void {
    const next = `${this.file}.next`;
    // Left by a run that was killed here; its access rights would stay.
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

/** Each value replaces the line that sets its name, or the commented example, or is added as a new line at the end. */
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
 * Written for the toolkit's dotenv, and for others where possible: dotenv removes the outermost quotes, and converts \n
 * to line breaks only in double quotes.
 */
function quoted(value: string): string {
  if (/^[\w./:*,@+=-]*$/.test(value)) return value;
  const isDouble = value.includes('\n') || (value.includes("'") && !value.includes('\\n'));
  return isDouble ? `"${value.replaceAll('\n', '\\n')}"` : `'${value}'`;
}

function withNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
