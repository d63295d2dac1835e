/** Lines that nothing has changed about are not drawn again: a long history has thousands of them. */
import { Component, type VNode } from 'preact';

interface UnchangedProps {
  /** All that its picture depends on. */
  causes: readonly unknown[];
  draw: () => VNode;
}

/** Not by keeping the elements themselves: each would hold on to all its neighbours of the time it was made. */
export class Unchanged extends Component<UnchangedProps> {
  override shouldComponentUpdate({ causes }: UnchangedProps): boolean {
    return causes.some((cause, position) => cause !== this.props.causes[position]);
  }

  override render(): VNode {
    return this.props.draw();
  }
}
