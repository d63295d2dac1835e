/** Validates a page's settings. Invalid ones are ignored and reported on the console. */
import type { RawSettings } from './contract';
import { READERS } from './readers';
import type { ChatSettings } from './settings';

/** Data attributes that other software adds to script elements: consent managers, frameworks, accelerators. */
const FOREIGN =
  /^(turbo|n?script|cf|rocket|cookie|categor|cmp|ot[A-Z]|uc[A-Z]|usercentrics|consent|iub|gtm|no[A-Z]|pagespeed|lazy|defer|src|type|href|id$|test|v[A-Z0-9]|vite|astro|precedence|wf|hid$|n[A-Z]|react|next|swup|barba|pjax|domain|service|purpose|vendor)/;

export type Report = (name: string, problem: string) => void;

export function checkSettings(raw: RawSettings, reportProblem: Report): ChatSettings {
  const settings: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(raw)) {
    // In JavaScript, these count as not set.
    if (value === undefined || value === null) continue;
    if (!Object.hasOwn(READERS, name)) {
      if (!FOREIGN.test(name)) reportProblem(name, 'unknown setting');
      continue;
    }
    try {
      settings[name] = READERS[name as keyof ChatSettings](value, (problem) => reportProblem(name, problem));
    } catch (error) {
      reportProblem(name, (error as Error).message);
    }
  }
  return settings;
}
