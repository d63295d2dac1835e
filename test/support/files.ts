/** Files for tests: attachments of a visitor, and of an agent. */
import type { Locator, Page } from 'playwright-core';
import type { WidgetWorld } from './widget-world';

export interface TestFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** One blue dot: the smallest picture that every browser draws. */
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export function aPicture(name = 'order.png'): TestFile {
  return { name, mimeType: 'image/png', buffer: DOT };
}

export function aPdf(name = 'invoice.pdf', bytes = 2_000): TestFile {
  return { name, mimeType: 'application/pdf', buffer: Buffer.alloc(bytes, '%PDF ') };
}

/** The same as selecting the files in the button's file dialogue. */
export async function choose(page: Page, ...files: TestFile[]): Promise<void> {
  await page.locator('flex-chat input[type=file]').setInputFiles(files);
}

/** Members of a page's window that Node lacks. */
interface PageWindow {
  DataTransfer: new () => { items: { add(file: File): void }; setData(type: string, text: string): void };
  File: typeof File;
  ClipboardEvent: new (type: string, init: object) => Event;
  DragEvent: new (type: string, init: object) => Event;
}

/** Files in the clipboard or under the pointer. */
export async function dispatchFiles(
  target: Locator,
  type: 'paste' | 'dragenter' | 'dragover' | 'drop',
  files: TestFile[],
  text?: string,
): Promise<void> {
  const plain = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, bytes: [...buffer] }));
  await target.evaluate(
    (element, { type, plain, text }) => {
      const { DataTransfer, File, ClipboardEvent, DragEvent } = globalThis as unknown as PageWindow;
      const data = new DataTransfer();
      for (const { name, mimeType, bytes } of plain) {
        data.items.add(new File([new Uint8Array(bytes)], name, { type: mimeType }));
      }
      if (text !== undefined) data.setData('text/plain', text);
      const init = { bubbles: true, cancelable: true };
      (element as EventTarget).dispatchEvent(
        type === 'paste'
          ? new ClipboardEvent(type, { ...init, clipboardData: data })
          : new DragEvent(type, { ...init, dataTransfer: data }),
      );
    },
    { type, plain, text },
  );
}

/** The agent Grace sends a file. */
export async function replyWithFile(world: WidgetWorld, file: TestFile, body?: string): Promise<void> {
  const { emulator, account, twilio } = world.stack;
  const { accountSid, authToken, conversationsServiceSid: serviceSid, workers } = account;
  const path = `mcs.us1.twilio.com/v1/Services/${serviceSid}/Media?Filename=${encodeURIComponent(file.name)}`;
  const response = await fetch(`${emulator.url}/${path}`, {
    method: 'POST',
    headers: {
      'Content-Type': file.mimeType,
      Authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
    },
    body: new Uint8Array(file.buffer),
  });
  const { sid } = (await response.json()) as { sid: string };
  await twilio.conversations.v1
    .services(serviceSid)
    .conversations(world.conversation().sid)
    .messages.create({ author: workers[0].identity, mediaSid: sid, ...(body === undefined ? {} : { body }) });
}
