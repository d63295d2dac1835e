/** Lines of `.env` that may not mean what was intended: ambiguous, misspelled, or not for the Functions. */
import { SETTING_NAMES } from '../../src/assets/settings/settings.private';
import { foreignNames } from '../deployed-settings';
import type { EnvFile, Values } from '../env-file';
import { isPlainName, oddLines, type OddLines } from '../env-lines';
import { didYouMean, nearestName, sortedByDistance } from '../nearest-name';
import { ok, warning, type Finding } from './finding';

export function checkLines(file: EnvFile): Finding[] {
  const odd = oddLines(file.text());
  const findings = [...odd.map((lines) => toFinding(file, lines)), ...checkForeign(file, odd)];
  return findings.length > 0 ? findings : [ok('env-lines', `Every line of ${file.name} is unambiguous.`)];
}

/**
 * Warnings only: the checks and the deployment use the same reading, which may be the intended one.
 * @param isKnown a name that another program than the Functions reads
 */
export function checkReading(file: EnvFile, isKnown = (_name: string) => false): Finding[] {
  const odd = oddLines(file.text());
  const unknown = foreignLines(file, odd).filter(({ name }) => !isKnown(name));
  return [...odd.map((lines) => toFinding(file, lines)), ...unknown.flatMap(misspelled(file))];
}

function toFinding(file: EnvFile, { from, to, name, what, remedy }: OddLines): Finding {
  const lines = from === to ? `Line ${from}` : `Lines ${from} to ${to}`;
  return warning('env-lines', `${lines} of ${file.name}${name ? ` (${name})` : ''} ${what}.`, remedy);
}

interface ForeignLine {
  name: string;
  line: number;
  /** The setting that it seems to be. */
  meant: string | undefined;
}

function foreignLines(file: EnvFile, odd: OddLines[]): ForeignLine[] {
  const values = file.read();
  return (
    foreignNames(Object.keys(values))
      .map((name) => ({ name, line: file.lineOf(name)!, meant: settingMeantBy(name, values) }))
      // Continuation lines of a multi-line value can look like names.
      .filter(({ line }) => !odd.some(({ from, to }) => from < line && line <= to))
  );
}

function misspelled(file: EnvFile) {
  return ({ name, line, meant }: ForeignLine): Finding[] =>
    meant === undefined
      ? []
      : [
          warning(
            'env-lines',
            `${file.name} sets ${name}, which no Function reads.${didYouMean(meant)}`,
            `Correct line ${line}, or remove it. It has no effect.`,
          ),
        ];
}

function checkForeign(file: EnvFile, odd: OddLines[]): Finding[] {
  const lines = foreignLines(file, odd);
  const findings = lines.flatMap(misspelled(file));
  const foreign = lines.filter(({ meant }) => meant === undefined);
  if (foreign.length === 0) return findings;
  const names = foreign.map(({ name, line }) => (isPlainName(name) ? name : `the name in line ${line}`));
  const remedy = 'Move them to a separate file: twilio serverless:deploy copies every line to the cloud.';
  return [
    ...findings,
    warning(
      'env-lines',
      `${file.name} sets ${names.join(', ')}, which no Function reads: npm run deploy does not deploy it.`,
      remedy,
    ),
  ];
}

/** A misspelled one, or one with an extra or missing prefix (`TWILIO_AUTH_TOKEN`) while the setting itself is missing. */
export function settingMeantBy(name: string, values: Values): string | undefined {
  const written = name.toUpperCase().replaceAll(/[.-]/g, '_');
  const missing = SETTING_NAMES.filter((setting) => values[setting] === undefined);
  const parts = missing.filter((one) => written.endsWith(`_${one}`) || one.endsWith(`_${written}`));
  return sortedByDistance(written, [nearestName(written, SETTING_NAMES) ?? [], parts].flat())[0];
}
