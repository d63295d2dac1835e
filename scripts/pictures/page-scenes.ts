/** Ways to use the chat on a page, on a phone. */
import type { Page } from 'playwright-core';
import type { Scene } from './scenes';

const PHONE = { viewport: { width: 390, height: 760 } };

const QUESTIONS = JSON.stringify([
  { name: 'order', label: 'Order number', pattern: '[0-9]{4}', hint: 'Four digits', required: true },
  { name: 'story', label: 'What happened', type: 'textarea' },
  { name: 'photos', label: 'I can send photos', type: 'checkbox' },
]);

export const ON_A_PAGE: readonly Scene[] = [
  scene(
    'A label, and a teaser',
    `data-launcher-label="Questions?" data-teaser="Not sure which cup is yours? We are here until 18:00." data-teaser-after="0"`,
    (page) => page.locator('flex-chat .teaser-text').waitFor(),
  ),
  scene(
    'Consent, before anything is asked',
    `data-open data-consent="We keep what you write for a year. [Privacy](https://shop.example/privacy)"`,
    (page) => page.getByRole('button', { name: 'Agree and continue' }).waitFor(),
  ),
  scene('Questions of every kind', `data-open data-name="Ada L." data-fields='${QUESTIONS}'`, (page) =>
    page.getByRole('checkbox').waitFor(),
  ),
  scene('In an element of the page', `data-container=".lead"`, (page) =>
    page.locator('flex-chat .composer-input').waitFor(),
  ),
];

function scene(caption: string, attributes: string, ready: (page: Page) => Promise<void>): Scene {
  return {
    caption,
    async take(stage) {
      const page = await stage.arrive(attributes, PHONE);
      await ready(page);
      const picture = await page.screenshot();
      await stage.clear(page);
      return picture;
    },
  };
}
