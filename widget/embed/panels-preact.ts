/** The panel's copy of Preact, for parts that load later: hooks work only within one copy. The bundler puts it in Preact's place. */
import type * as hooks from 'preact/hooks';
import type { Fragment as FragmentType, jsx as createVNode } from 'preact/jsx-runtime';

export interface PanelsPreact extends Pick<typeof hooks, 'useEffect' | 'useMemo' | 'useRef' | 'useState'> {
  jsx: typeof createVNode;
  Fragment: typeof FragmentType;
}

let panels: PanelsPreact;

/** Before anything is drawn. */
export function usePanelsPreact(preact: PanelsPreact): void {
  panels = preact;
}

type AnyFunction = (...args: never[]) => unknown;

function forward<Name extends keyof PanelsPreact>(name: Name): PanelsPreact[Name] {
  return ((...args: never[]) => (panels[name] as AnyFunction)(...args)) as PanelsPreact[Name];
}

export const useEffect = forward('useEffect');
export const useMemo = forward('useMemo');
export const useRef = forward('useRef');
export const useState = forward('useState');
export const jsx = forward('jsx');
/** The same for several children. */
export const jsxs = forward('jsx');
export const Fragment = forward('Fragment');
