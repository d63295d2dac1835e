/**
 * The states of the SDK's connection. Replaces in the bundle the package `javascript-state-machine`: this is the part that the
 * SDK uses. Source: javascript-state-machine/lib/state-machine.js; sdk twilsock/dist/twilsock.js
 */

interface Lifecycle {
  transition: string;
  from: string;
  to: string;
}
type Method = (...args: unknown[]) => unknown;

export interface Configuration {
  init: string;
  /** Without `to`, the state does not change. The last match counts. */
  transitions: { name: string; from: string[]; to?: string }[];
  /** `onLeave<State>`, `onEnterState`, `onEnter<State>`, `on<State>` and `on<Transition>`, in this order. */
  methods: Record<string, Method | undefined>;
}

const upper = (name: string): string => name[0]!.toUpperCase() + name.slice(1);

/** Returns a class whose instances have a method for each transition. */
export function factory({ init, transitions, methods }: Configuration): new () => object {
  class StateMachine {
    state = 'none';
    private isPending = false;

    constructor() {
      this.move('init', init, []);
    }

    is(state: string): boolean {
      return this.state === state;
    }

    fire(transition: string, args: unknown[]): void {
      const { state } = this;
      const found = transitions.findLast(({ name, from }) => name === transition && from.includes(state));
      if (found) this.move(transition, found.to ?? state, args);
      else methods['onInvalidTransition']?.(transition, state);
    }

    private move(transition: string, to: string, args: unknown[]): void {
      if (this.isPending) throw new Error(`${transition} while another transition is in progress`);
      const from = this.state;
      const lifecycle: Lifecycle = { transition, from, to };
      const notify = (method: string): unknown => methods[method]?.(lifecycle, ...args);
      this.isPending = true;
      try {
        if (to !== from) {
          notify(`onLeave${upper(from)}`);
          this.state = to;
          notify('onEnterState');
          notify(`onEnter${upper(to)}`);
          notify(`on${upper(to)}`);
        }
        notify(`on${upper(transition)}`);
      } finally {
        this.isPending = false;
      }
    }
  }
  for (const { name } of transitions) {
    Object.defineProperty(StateMachine.prototype, name, {
      value(this: StateMachine, ...args: unknown[]) {
        this.fire(name, args);
      },
      configurable: true,
    });
  }
  return StateMachine;
}
