/** Where an element stands: the page, or the shadow that the panel is in. It knows which element has the focus. */
export function rootOf(element: Element): DocumentOrShadowRoot {
  return element.getRootNode() as ShadowRoot;
}
