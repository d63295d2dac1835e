/** A request in the event bridge's tunnel: `POST /v1/wschannels` with `{ url, method, params, token }`. Source: sdk twilio-taskrouter */
import * as v from 'valibot';
import { invalidParameter } from '../../core/errors';
import { Form } from '../../core/form';
import type { WorkerClaims } from '../../iam/model';

export interface BridgeRequest {
  caller: WorkerClaims;
  /** The named segments of the path, decoded. */
  path: Readonly<Record<string, string>>;
  /** The parameters, under the names that the REST API gives them. */
  form: Form;
  /** The version that the caller changes, with the option `enableVersionCheck`. */
  ifMatch: string | undefined;
}

export interface BridgeRoute {
  method: 'GET' | 'POST';
  /** With `:name` for a segment to be read. */
  path: string;
  /** What it returns is the `payload` of the answer. */
  handle: (request: BridgeRequest) => unknown;
}

const Tunnelled = v.object({
  url: v.string(),
  method: v.picklist(['GET', 'POST']),
  params: v.nullish(v.record(v.string(), v.unknown())),
  token: v.optional(v.unknown()),
});

/** The SDKs name no content type, or JSON. */
export function parseTunnelled(body: string): v.InferOutput<typeof Tunnelled> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw invalidParameter('The body is not valid JSON');
  }
  const result = v.safeParse(Tunnelled, json);
  if (!result.success) throw invalidParameter(v.summarize(result.issues));
  return result.output;
}

/** JSON parameters as a form: objects become text, as in Twilio's REST API. Null and missing values are omitted. */
export function toForm(params: Record<string, unknown>): Form {
  const pairs = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    if (value === null || value === undefined) continue;
    pairs.append(key, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return new Form(pairs);
}
