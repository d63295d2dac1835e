/** The scenes of the pictures, each with a visitor and an agent. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { toSheet } from './sheet';
import { BROKEN_CUP } from './shop';
import { composer, reads, write, type Stage } from './stage';

const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 760 };

const FIELDS = JSON.stringify([
  { name: 'orderNumber', label: 'Order number' },
  { name: 'email', label: 'E-mail', type: 'email', required: true },
]);

export interface Scene {
  caption: string;
  take(stage: Stage): Promise<Buffer>;
}

/** The customer and the agent desk, side by side, as in `npm start`. */
export async function chatAndDesk(stage: Stage): Promise<Buffer> {
  const page = await stage.visitor('', { viewport: { width: 440, height: 700 } });
  await page.getByRole('textbox', { name: 'Your name' }).fill('Ada L.');
  await talk(stage, page, { pictured: false });
  await write(page, 'That was quick, thank you!');
  await reads(stage.desk, 'That was quick, thank you!');
  // Slow enough that the SDK reports typing again: it does so at most every five seconds.
  await stage.reply.pressSequentially('With pleasure, Ada!', { delay: 350 });
  await page.getByRole('img', { name: 'Grace is typing…' }).waitFor();
  const cells = [{ picture: await page.screenshot() }, { picture: await stage.desk.screenshot() }];
  await stage.clear(page);
  return toSheet(stage, cells, { columns: 2, widths: [440, 1120] });
}

/** A message that a visitor leaves out of hours, and its Task on the desk. */
export async function leftMessage(stage: Stage): Promise<Buffer> {
  const page = await stage.arrive('data-open data-availability="closed"', {
    viewport: { width: 440, height: 700 },
  });
  await page.getByRole('textbox', { name: 'Your name' }).fill('Ada L.');
  await page.getByRole('textbox', { name: 'E-mail or phone number' }).fill('ada@example.com');
  const letter = page.locator('flex-chat .away-form textarea');
  const words = 'My cup arrived broken. Can you send another one?';
  await letter.fill(words);
  const writing = await page.screenshot();
  await page.getByRole('button', { name: 'Send message' }).click();
  await stage.desk.locator('.card-waiting dd').getByText(words).waitFor();
  const cells = [{ picture: writing }, { picture: await stage.desk.screenshot() }];
  await stage.clear(page);
  return toSheet(stage, cells, { columns: 2, widths: [440, 1120] });
}

/** A full page of the shop. */
export async function onTheSite(stage: Stage): Promise<Buffer> {
  const page = await stage.visitor('data-name="Ada L."', { viewport: DESKTOP });
  await talk(stage, page, { pictured: true });
  const picture = await page.screenshot();
  await stage.clear(page);
  return picture;
}

export const STATES: readonly Scene[] = [
  scene('Before the chat, with your own fields', {}, `data-fields='${FIELDS}'`, async () => undefined),
  scene('A picture, about to be sent', {}, 'data-name="Ada L."', async (stage, page) => {
    await write(page, 'Hello, I have a question about my order');
    await stage.accept();
    await stage.answer('Hi Ada, of course. What is it about?');
    await reads(page, 'Hi Ada, of course. What is it about?');
    await attach(stage, page);
    await composer(page).fill('This cup arrived broken');
  }),
  scene('Connection lost: nothing typed is lost', {}, 'data-name="Ada L."', async (stage, page) => {
    await talk(stage, page, { pictured: false });
    await page.context().setOffline(true);
    stage.stack.emulator.world.realtime.drop();
    await page.getByRole('alert').getByText('Connection lost.').waitFor();
    await write(page, 'Are you still there?');
  }),
  scene('The end, and one question', {}, 'data-name="Ada L." data-survey', async (stage, page) => {
    await talk(stage, page, { pictured: false });
    await stage.complete();
    await page.getByRole('radio').nth(4).click();
  }),
  scene('Dark, on a phone', { colorScheme: 'dark', viewport: PHONE }, 'data-name="Ada L."', (stage, page) =>
    talk(stage, page, { pictured: true }),
  ),
  scene('Arabic, from right to left', { viewport: PHONE }, 'data-lang="ar"', async (stage, page) => {
    await write(page, 'مرحبًا، لم يصل طلبي بعد');
    await stage.accept();
    await stage.answer('أهلًا بك! سأتحقق من ذلك الآن.');
    await reads(page, 'أهلًا بك! سأتحقق من ذلك الآن.');
  }),
  scene('German, waiting', { viewport: PHONE }, 'data-lang="de"', async (_stage, page) => {
    await write(page, 'Guten Tag, wann öffnet die Werkstatt?');
    await page.getByText('· Gesendet').waitFor();
  }),
  scene('Pictures in a grid, and formatted answers', {}, 'data-name="Ada L."', async (stage, page) => {
    await sendPictures(stage, page);
    await stage.answer(
      'Thank you! Please keep:\n- the **box**\n- both _pieces_\n\nMore at www.ebbandclay.example',
    );
    await reads(page, 'box');
  }),
  scene('One picture, enlarged', {}, 'data-name="Ada L."', async (stage, page) => {
    await sendPictures(stage, page);
    await page.getByRole('button', { name: 'Image: rim.png' }).click();
    await page.getByRole('dialog', { name: 'Image: rim.png' }).getByRole('img').waitFor();
  }),
  {
    caption: 'Outside your hours, before the first message',
    async take(stage) {
      await stage.stack.configure({ OPERATING_HOURS: 'Mo-Su 09:00-17:00', OPERATING_HOLIDAYS: thisWeek() });
      const page = await stage.visitor('', { viewport: PHONE });
      await page.getByRole('alert').getByText('We’ll be back').waitFor();
      const picture = await page.screenshot();
      await stage.clear(page);
      await stage.stack.configure({});
      return picture;
    },
  },
  scene('The agent has left, and the visitor sees it', {}, 'data-name="Ada L."', async (stage, page) => {
    await talk(stage, page, { pictured: false });
    stage.agentLeaves();
    await page.locator('flex-chat .agent-gone').waitFor();
  }),
  scene(
    'In the site’s own colours',
    { viewport: PHONE },
    'data-name="Ada L." data-title="Ebb &amp; Clay"',
    async (stage, page) => {
      await page
        .locator('flex-chat')
        .evaluate((element) => element.style.setProperty('--flex-chat-accent', '#3f6f8c'));
      await talk(stage, page, { pictured: false });
    },
  ),
];

/** Desktop scenes show only the panel: the large picture shows the shop. */
function scene(
  caption: string,
  appearance: BrowserContextOptions,
  attributes: string,
  play: (stage: Stage, page: Page) => Promise<unknown>,
): Scene {
  return {
    caption,
    async take(stage) {
      const page = await stage.visitor(attributes, { viewport: PHONE, ...appearance });
      await play(stage, page);
      const picture = await page.screenshot();
      await stage.clear(page);
      return picture;
    },
  };
}

async function talk(stage: Stage, page: Page, { pictured }: { pictured: boolean }): Promise<void> {
  await write(page, 'Hello! My cup arrived broken.');
  await stage.accept();
  await stage.answer('Hi Ada, I am sorry to hear that. Could you show me?');
  await reads(page, 'Hi Ada, I am sorry to hear that. Could you show me?');
  if (pictured) {
    await attach(stage, page);
    await composer(page).press('Enter');
    await page
      .getByRole('log')
      .getByRole('img', { name: /^Image: / })
      .waitFor();
  } else {
    await write(page, 'It is in two pieces, from rim to foot.');
  }
  await stage.answer('Thank you. A new Harbour cup leaves the workshop today.');
  await reads(page, 'Thank you. A new Harbour cup leaves the workshop today.');
}

async function sendPictures(stage: Stage, page: Page): Promise<void> {
  await write(page, 'Hello! My cup arrived broken.');
  await stage.accept();
  await attach(stage, page, ['cup.png', 'rim.png', 'foot.png', 'box.png']);
  await composer(page).press('Enter');
  await page
    .getByRole('log')
    .getByText(/· (Sent|Seen)$/)
    .last()
    .waitFor();
}

/** Independent of the time zone: a day on either side. */
function thisWeek(): string {
  const days = [-1, 0, 1].map((offset) => new Date(Date.now() + offset * 86_400_000));
  return days.map((day) => day.toISOString().slice(0, 10)).join(',');
}

export async function attach(stage: Stage, page: Page, names = ['cup.png']): Promise<void> {
  const canvas = await stage.browser.newPage({ viewport: { width: 480, height: 360 } });
  await canvas.setContent(`<style>body { margin: 0 }</style><img alt="" src="${BROKEN_CUP}">`);
  const photo = await canvas.screenshot();
  await canvas.close();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files' }).click();
  await (await chooser).setFiles(names.map((name) => ({ name, mimeType: 'image/png', buffer: photo })));
}
