/** Console output: only errors that the author of the page can fix. */

export function reportProblem(what: string, problem: string): void {
  // eslint-disable-next-line no-console
  console.error(`[flex-chat] ${what}: ${problem}`);
}

/** Names the setting as the page has written it. */
export function reportSetting(name: string, problem: string): void {
  const isByCode = name in ((window.FlexChatSettings ?? {}) as object);
  const attribute = `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  reportProblem(isByCode ? `FlexChatSettings.${name}` : attribute, problem);
}
