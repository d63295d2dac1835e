/** A request in the event bridge's tunnel: `POST /v1/wschannels` with `{ url, method, params, token }`. Source: sdk twilio-taskrouter */
import { z } from 'zod';
import { invalidParameter } from '../../core/errors';
import { Form } from '../../core/form';
import type { WorkerClaims } from '../../iam/model';

export interface BridgeRequest {
  caller: WorkerClaims;
  /** The named segments of the path, decoded. */
  path: Readonly<Record<string, string>>;
  /** The parameters, under the names that the REST API gives them. */
  form: Form;
  /** Which version the caller wants to change, with the option `enableVersionCheck`. */
  ifMatch: string | undefined;
}

export interface BridgeRoute {
  method: 'GET' | 'POST';
  /** With `:name` for a segment to be read. */
  path: string;
  /** What it returns is the `payload` of the answer. */
  handle: (request: BridgeRequest) => unknown;
}

const Tunnelled = z.object({
  url: z.string(),
  method: z.enum(['GET', 'POST']),
  params: z.record(z.string(), z.unknown()).nullish(),
  token: z.unknown(),
});

/** The SDKs name no content type, or JSON. */
export function parseTunnelled(body: string): z.output<typeof Tunnelled> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw invalidParameter('The body is not valid JSON');
  }
  const result = Tunnelled.safeParse(json);
  if (!result.success) throw invalidParameter(z.prettifyError(result.error));
  return result.data;
}

/** JSON parameters as a form: objects become text, as in Twilio's REST API. What is null or left out is not there. */
export function toForm(params: Record<string, unknown>): Form {
  const pairs = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    if (value === null || value === undefined) continue;
    pairs.append(key, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return new Form(pairs);
}
