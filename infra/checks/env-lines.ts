/** Lines of `.env` that may not mean what was intended: ambiguous, misspelled, or not for the Functions. */
import { distance } from 'fastest-levenshtein';
import { SETTING_NAMES } from '../../src/assets/settings/settings.private';
import { foreignNames } from '../deployed-settings';
import type { EnvFile, Values } from '../env-file';
import { isPlainName, oddLines, type OddLines } from '../env-lines';
import { ok, warning, type Finding } from './finding';

export function checkLines(file: EnvFile): Finding[] {
  const odd = oddLines(file.text());
  const findings = [...odd.map((lines) => toFinding(file, lines)), ...checkForeign(file, odd)];
  return findings.length > 0 ? findings : [ok('env-lines', `Every line of ${file.name} is unambiguous.`)];
}

/** A warning only: the checks and the deployment use the same reading, which may be the intended one. */
export function checkReading(file: EnvFile): Finding[] {
  return oddLines(file.text()).map((lines) => toFinding(file, lines));
}

function toFinding(file: EnvFile, { from, to, name, what, remedy }: OddLines): Finding {
  const lines = from === to ? `Line ${from}` : `Lines ${from} to ${to}`;
  return warning('env-lines', `${lines} of ${file.name}${name ? ` (${name})` : ''} ${what}.`, remedy);
}

function checkForeign(file: EnvFile, odd: OddLines[]): Finding[] {
  const values = file.read();
  const lines = foreignNames(Object.keys(values))
    .map((name) => ({ name, line: file.lineOf(name)!, meant: settingMeantBy(name, values) }))
    // Continuation lines of a multi-line value can look like names.
    .filter(({ line }) => !odd.some(({ from, to }) => from < line && line <= to));
  const foreign = lines.filter(({ meant }) => meant === undefined);
  const findings = lines.flatMap(({ name, line, meant }) =>
    meant === undefined
      ? []
      : [
          warning(
            'env-lines',
            `${file.name} sets ${name}, which no Function reads. Did you mean ${meant}?`,
            `Correct line ${line}, or remove it. It is not deployed.`,
          ),
        ],
  );
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

/** One typo in five letters, or an extra or missing prefix (`TWILIO_AUTH_TOKEN`) while the setting itself is missing. */
function settingMeantBy(name: string, values: Values): string | undefined {
  const written = name.toUpperCase().replaceAll(/[.-]/g, '_');
  const similar = SETTING_NAMES.filter((setting) => {
    if (distance(written, setting) <= setting.length / 5) return true;
    const isPart = written.endsWith(`_${setting}`) || setting.endsWith(`_${written}`);
    return isPart && values[setting] === undefined;
  });
  return similar.sort((a, b) => distance(written, a) - distance(written, b))[0];
}
