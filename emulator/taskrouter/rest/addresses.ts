/** Where TaskRouter's resources live, as `url` and `links` show it. */

const HOST = 'https://taskrouter.twilio.com/v1/Workspaces';

export function workspaceUrl(workspaceSid: string): string {
  return `${HOST}/${workspaceSid}`;
}

export function resourceUrl(
  { workspaceSid, sid }: { workspaceSid: string; sid: string },
  list: string,
): string {
  return `${workspaceUrl(workspaceSid)}/${list}/${sid}`;
}
