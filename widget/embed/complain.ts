/** The console is for the author of the page, and only for what they have done wrong. */

export function complain(what: string, problem: string): void {
  // eslint-disable-next-line no-console
  console.error(`[flex-chat] ${what}: ${problem}`);
}

/** In the words in which they have set it. */
export function complainOfSetting(name: string, problem: string): void {
  const isByCode = name in ((window.FlexChatSettings ?? {}) as object);
  const attribute = `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  complain(isByCode ? `FlexChatSettings.${name}` : attribute, problem);
}
