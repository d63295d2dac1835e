/** The root of an element: the document, or the shadow root of the panel. It has `activeElement`. */
export function rootOf(element: Element): DocumentOrShadowRoot {
  return element.getRootNode() as ShadowRoot;
}
