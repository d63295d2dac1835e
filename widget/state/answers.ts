/** Which choice of a message the visitor has made. */
import type { TranscriptItem } from './model';

/** One answer for each message, by whichever tab of the visitor it is sent. */
export function answerKey(to: string): string {
  return `choice-${to}`;
}

/** Shows in each message with choices which one the visitor has made. */
export function withChosen(items: readonly TranscriptItem[]): readonly TranscriptItem[] {
  const chosen = new Map<string, string>();
  for (const item of items) {
    if (item.kind === 'message' && item.answer && !chosen.has(item.answer.to)) {
      chosen.set(item.answer.to, item.answer.id);
    }
  }
  return items.map((item) => {
    if (item.kind !== 'message' || !item.content) return item;
    const id = chosen.get(item.key) ?? null;
    return item.content.chosen === id ? item : { ...item, content: { ...item.content, chosen: id } };
  });
}
