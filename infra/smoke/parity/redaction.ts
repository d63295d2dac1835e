/** What a recording may contain: SIDs as `CH#1`, dates as `<date>`, and only texts that the probe itself has sent. */

const SID = /\b([A-Z]{2})[0-9a-f]{32}\b/g;
const DATE = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/;
/** Twilio's own words: `active`, `chat`, `onMessageAdded`, `PT1H`. */
const WORD = /^[A-Za-z0-9_.]{0,40}$/;

export class Redaction {
  private readonly names = new Map<string, string>();
  private readonly sent = new Set<string>();

  /** `replacements`: what differs from run to run, or names a machine. */
  constructor(private readonly replacements: Record<string, string>) {}

  /** A parameter of the probe's own. */
  parameter(value: unknown): string {
    const text = this.replaced(String(value));
    this.sent.add(text);
    return text;
  }

  path(text: string): string {
    return this.replaced(text);
  }

  /** Any part of an answer. */
  value(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.value(one));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.value(one)]));
    }
    if (typeof value !== 'string') return value;
    if (DATE.test(value)) return '<date>';
    const text = this.replaced(value);
    const isAddress = text.startsWith('https://') && URL.canParse(value) && isTwilio(new URL(value).hostname);
    return this.sent.has(text) || isAddress || WORD.test(text) || /^[A-Z]{2}#\d+$/.test(text)
      ? text
      : '<text>';
  }

  private replaced(text: string): string {
    const shortened = Object.entries(this.replacements).reduce(
      (result, [from, to]) => result.replaceAll(from, to),
      text,
    );
    return shortened.replace(SID, (sid, kind: string) => {
      const known = this.names.get(sid);
      if (known !== undefined) return known;
      const count = [...this.names.values()].filter((name) => name.startsWith(kind)).length;
      const name = `${kind}#${count + 1}`;
      this.names.set(sid, name);
      return name;
    });
  }
}

function isTwilio(hostname: string): boolean {
  return hostname.endsWith('.twilio.com');
}
