/** Content templates, and how a message renders one. */
import * as v from 'valibot';
import type { Clock } from '../core/clock';
import { invalidParameter, TwilioError } from '../core/errors';
import { createSid, isSid } from '../core/sids';
import type { Content, RenderedContent } from './model';
import { SENDABLE, UNSENDABLE } from './types';
import { fillIn, Variables } from './variables';

const NewContent = v.object({
  friendly_name: v.nullish(v.string()),
  language: v.pipe(v.string(), v.minLength(1)),
  variables: v.nullish(Variables, {}),
  types: v.pipe(
    v.record(v.string(), v.nullable(v.looseObject({}))),
    v.check((types) => Object.keys(types).length > 0, 'at least one type'),
  ),
});

export class Contents {
  private readonly bySid = new Map<string, Content>();

  constructor(private readonly clock: Clock) {}

  /** Guess: any invalid template fails with 20001. */
  create(wanted: unknown): Content {
    const parsed = v.safeParse(NewContent, wanted);
    if (!parsed.success) throw invalidParameter(v.summarize(parsed.issues));
    const { friendly_name: friendlyName, language, variables, types } = parsed.output;
    const now = this.clock.date();
    const content: Content = {
      sid: createSid('HX'),
      friendlyName: friendlyName ?? null,
      language,
      variables: variables ?? {},
      types: checkTypes(types),
      dateCreated: now,
      dateUpdated: now,
    };
    this.bySid.set(content.sid, content);
    return content;
  }

  find(sid: string): Content | undefined {
    return this.bySid.get(sid);
  }

  list(): Content[] {
    return [...this.bySid.values()];
  }

  /** Messages that were sent with it do not change. */
  remove({ sid }: Content): void {
    this.bySid.delete(sid);
  }

  /** For a message of a Conversation. `variables`: JSON. Undefined if the message names no template. */
  render(sid: string | undefined, variables: string | undefined): RenderedContent | undefined {
    if (sid === undefined) {
      // Source: docs https://www.twilio.com/docs/api/errors/50528
      if (variables !== undefined) throw new TwilioError(400, 50528, 'Content SID is missing');
      return undefined;
    }
    // Source: docs https://www.twilio.com/docs/api/errors/50526. Guess: also for one that the account does not have.
    const content = isSid('HX', sid) ? this.find(sid) : undefined;
    if (!content) throw new TwilioError(400, 50526, 'Invalid content SID');
    const values = { ...content.variables, ...parseVariables(variables) };
    const type = Object.keys(SENDABLE).findLast((name) => content.types[name]);
    // Source: docs https://www.twilio.com/docs/api/errors/50542
    if (type === undefined) throw new TwilioError(400, 50542, 'Unsupported Content Template Type');
    return { type, data: fillIn(content.types[type]!, values) };
  }
}

function checkTypes(types: Record<string, object | null>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(types).flatMap(([name, data]) => {
      if (data === null) return [];
      const schema = SENDABLE[name];
      if (!schema && !UNSENDABLE.includes(name)) throw invalidParameter(`Unknown content type ${name}`);
      const parsed = schema && v.safeParse(schema, data);
      if (parsed?.success === false) throw invalidParameter(`${name}: ${v.summarize(parsed.issues)}`);
      return [[name, data]];
    }),
  );
}

/** Source: docs https://www.twilio.com/docs/api/errors/50527 */
function parseVariables(json: string | undefined): Record<string, string> {
  if (json === undefined) return {};
  let variables: unknown;
  try {
    variables = JSON.parse(json);
  } catch {
    variables = undefined;
  }
  const parsed = v.safeParse(Variables, variables);
  if (!parsed.success) throw new TwilioError(400, 50527, 'Invalid content variables format');
  return parsed.output;
}
