/** The keyboard's focus in a page. */
import type { Locator } from 'playwright-core';

/** Resolves once the element has the focus: it is visible before, and what is typed then is lost. */
export async function untilFocused(element: Locator): Promise<void> {
  await element.evaluate(
    `(node) => new Promise((resolve) => {
      const check = () => (node.getRootNode().activeElement === node ? resolve() : requestAnimationFrame(check));
      check();
    })`,
  );
}
