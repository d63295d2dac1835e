import type { Account } from '../core/account';
import type { Clock } from '../core/clock';
import type { Flex } from '../flex/domain';
import type { TaskRouter } from '../taskrouter/domain';
import type { Changes } from './changes';
import type { FinishedTasks } from './tasks/finished-tasks';
import type { Timeline } from './timeline/timeline';

/** The data of the desk's routes. */
export interface DeskApi {
  account: Account;
  clock: Clock;
  taskrouter: TaskRouter;
  flex: Flex;
  timeline: Timeline;
  finished: FinishedTasks;
  changes: Changes;
}
