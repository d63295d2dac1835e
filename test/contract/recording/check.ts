/** Checks a recorded test run against the specification: each request that must be valid, and every answer. */
import type { RecordedCall } from '../../../emulator/core/recording';
import type { Exchange, Specification } from '../specification/specification';

interface Violation {
  side: 'request' | 'answer';
  /** For example `POST conversations.twilio.com/v1/Conversations/{Sid}`. */
  operation: string;
  problem: string;
  /** How often it occurred, with the first such call. */
  count: number;
  example: RecordedCall;
}

export interface Verdict {
  requests: number;
  answers: number;
  violations: Violation[];
}

/** This project's addition to twilio-node's User-Agent. */
const OURS = 'flex-custom-chat';
/** Twilio publishes no description of these hosts: for uploads of code, and for the SDK's Media. */
const UNDESCRIBED_HOSTS = [
  'serverless-upload.twilio.com',
  'mcs.us1.twilio.com',
  'media.us1.twilio.com',
  // Requested by agents' programs.
  'assets.flex.twilio.com',
  'event-bridge.twilio.com',
  'flex.twilio.com',
  'iam.twilio.com',
  'preview.twilio.com',
  'status.twilio.com',
];
/** Undescribed paths of described hosts. */
const UNDESCRIBED_PATHS = /^\/v\d\/(Instances\/|Accounts\/\w+\/Tokens\/|Configuration\/Public\b)/;
const TOOLKIT = '@twilio-labs/serverless-api';

export function checkRecording(calls: Iterable<RecordedCall>, specification: Specification): Verdict {
  const found = new Map<string, Violation>();
  const verdict: Verdict = { requests: 0, answers: 0, violations: [] };
  for (const call of calls) {
    if (isUndescribed(call)) continue;
    const exchange = toExchange(call);
    const note = (side: Violation['side'], problems: string[]): void => {
      const operation = specification.find(exchange);
      const name = `${call.method} ${call.host}${operation?.path ?? call.path.split('?')[0]!}`;
      for (const problem of problems) {
        const key = `${side} ${name} ${problem}`;
        const violation = found.get(key) ?? { side, operation: name, problem, count: 0, example: call };
        violation.count += 1;
        found.set(key, violation);
      }
    };
    if (mustBeRight(call)) {
      verdict.requests += 1;
      note('request', specification.checkRequest(exchange));
    }
    if (!call.isFault) {
      verdict.answers += 1;
      note('answer', specification.checkResponse(exchange));
    }
  }
  verdict.violations = [...found.values()];
  return verdict;
}

/** A browser's preflight request is not an operation. */
function isUndescribed({ method, host, path }: RecordedCall): boolean {
  if (method === 'OPTIONS') return true;
  return UNDESCRIBED_HOSTS.includes(host) || (host === 'flex-api.twilio.com' && UNDESCRIBED_PATHS.test(path));
}

/**
 * Tests of the emulator send invalid requests on purpose; requests that it accepts, and all requests of this project,
 * must be valid. The toolkit is Twilio's own reference: it sends a FriendlyName with an Environment, which Twilio's
 * file does not have.
 */
function mustBeRight({ method, status, headers, body }: RecordedCall): boolean {
  const sender = String(headers['user-agent']);
  if (body === null || sender.includes(TOOLKIT)) return false;
  // The doctor looks up any value that is in .env.
  if (method === 'GET' && status === 404) return false;
  return status < 300 || sender.includes(OURS);
}

function toExchange({ headers, ...call }: RecordedCall): Exchange {
  const single = Object.entries(headers).map(([name, value]) => [name, [value].flat()[0]]);
  return { ...call, body: call.body ?? '', headers: Object.fromEntries(single) as Exchange['headers'] };
}
