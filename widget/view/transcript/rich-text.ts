/**
 * The light formatting of agents and bots. Marks that are not closed or inside a word stay text. The result is elements, never
 * HTML.
 */
import { toInline, type Inline } from './inline-text';

export type Block =
  | { kind: 'text'; parts: Inline[] }
  /** Verbatim. */
  | { kind: 'code'; text: string }
  /** `start`: its first number; null for a list without numbers. */
  | { kind: 'list'; start: number | null; items: Inline[][] };

const ITEM = /^ {0,3}(?:[-*•]|(\d{1,4})[.)]) +(\S.*)$/;
const FENCE = /^ {0,3}```\w*\s*$/;

export function toBlocks(body: string): Block[] {
  const blocks: Block[] = [];
  /** The lines since the opening fence. */
  let fence: string[] | null = null;
  let isInList = false;
  for (const line of body.split('\n')) {
    if (FENCE.test(line)) {
      if (fence) blocks.push({ kind: 'code', text: fence.slice(1).join('\n') });
      fence = fence ? null : [line];
      isInList = false;
    } else if (fence) fence.push(line);
    else isInList = addLine(blocks, line, isInList);
  }
  // The fence was never closed: the lines are normal text.
  for (const line of fence ?? []) isInList = addLine(blocks, line, isInList);
  return blocks;
}

/** Returns true if the line is an item of a list. */
function addLine(blocks: Block[], line: string, isInList: boolean): boolean {
  const last = blocks.at(-1);
  const item = ITEM.exec(line);
  if (item) {
    const start = item[1] === undefined ? null : Number(item[1]);
    const parts = toInline(item[2]!);
    const goesOn = isInList && last?.kind === 'list' && (last.start === null) === (start === null);
    if (goesOn) last.items.push(parts);
    else blocks.push({ kind: 'list', start, items: [parts] });
    return true;
  }
  if (last?.kind === 'text') {
    last.parts.push('\n');
    for (const part of toInline(line)) last.parts.push(part);
  } else if (line !== '' || blocks.length === 0) blocks.push({ kind: 'text', parts: toInline(line) });
  return false;
}

/** The text without marks, for reading aloud: with the URL after the words of a link. */
export function withoutMarks(body: string): string {
  const lines = toBlocks(body).map((block) => {
    if (block.kind === 'code') return block.text;
    if (block.kind === 'text') return toWords(block.parts);
    return block.items
      .map(
        (item, position) => `${block.start === null ? '-' : `${block.start + position}.`} ${toWords(item)}`,
      )
      .join('\n');
  });
  return lines.join('\n');
}

function toWords(parts: readonly Inline[]): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('style' in part) return toWords(part.parts);
      return part.host === undefined || part.href === part.text ? part.text : `${part.text} (${part.href})`;
    })
    .join('');
}
