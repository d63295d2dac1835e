/** Skips the rendering of unchanged lines: a long history has thousands of them. */
import { Component, type VNode } from 'preact';

interface UnchangedProps {
  /** All values that the rendering depends on. */
  causes: readonly unknown[];
  draw: () => VNode;
}

/** The elements themselves are not cached: each would keep all its neighbours of that time in memory. */
export class Unchanged extends Component<UnchangedProps> {
  override shouldComponentUpdate({ causes }: UnchangedProps): boolean {
    return causes.some((cause, position) => cause !== this.props.causes[position]);
  }

  override render(): VNode {
    return this.props.draw();
  }
}
