/** One deployment of the Functions: where it is, and under which name the browser keeps what belongs to it. */

/** With a slash at the end. */
export function baseUrlOf(functionsUrl: string): string {
  return functionsUrl.endsWith('/') ? functionsUrl : `${functionsUrl}/`;
}

/** One per deployment, so that two chats on a site do not meet. */
export function storageKeyOf(functionsUrl: string): string {
  return `flex-custom-chat:${baseUrlOf(functionsUrl)}`;
}

/** Whether this tab has the panel open. */
export function openKeyOf(functionsUrl: string): string {
  return `${storageKeyOf(functionsUrl)}#open`;
}
