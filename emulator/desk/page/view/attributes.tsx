/** A Task's attributes: the most important ones first, the rest one click away. */

const FIRST = ['customerName', 'conversationSid', 'channelType', 'from', 'message'];

export function Attributes({ attributes }: { attributes: Record<string, unknown> }) {
  const preEngagement = flatten(attributes['pre_engagement_data'] ?? attributes['preEngagementData']);
  const first = [...FIRST.map((key) => [key, attributes[key]] as const), ...preEngagement]
    .filter(([, value]) => typeof value === 'string' && value !== '')
    // Several products name the customer; once is enough.
    .filter(([, value], position, all) => all.findIndex((other) => other[1] === value) === position);
  return (
    <>
      <dl class="facts">
        {first.map(([key, value]) => (
          <div key={key} class="fact">
            <dt>{key}</dt>
            <dd title={String(value)}>{String(value)}</dd>
          </div>
        ))}
      </dl>
      <details class="all">
        <summary>All task attributes</summary>
        <pre tabIndex={0}>{JSON.stringify(attributes, null, 2)}</pre>
      </details>
    </>
  );
}

/** Pre-engagement data, which some Flows pass on as an object and some as JSON text. */
function flatten(data: unknown): [string, unknown][] {
  if (typeof data === 'object' && data !== null) return Object.entries(data);
  if (typeof data !== 'string') return [];
  try {
    return flatten(JSON.parse(data));
  } catch {
    return [['pre_engagement_data', data]];
  }
}
