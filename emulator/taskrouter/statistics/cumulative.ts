/** Cumulative statistics: what happened within an interval. Durations are in seconds, rounded down. */
import type { Activity, Worker } from '../model';
import type { Counter, Fact, History } from './history';
import { includes, type Scope } from './scope';

export interface Interval {
  start: Date;
  end: Date;
}

interface Durations {
  avg: number;
  min: number;
  max: number;
  total: number;
}

export function factsIn({ facts }: History, scope: Scope, { start, end }: Interval): Fact[] {
  return facts.filter(
    (fact) => fact.atMs >= start.getTime() && fact.atMs <= end.getTime() && includes(scope, fact),
  );
}

export function countOf(facts: readonly Fact[], counter: Counter): number {
  return facts.filter((fact) => fact.counter === counter).length;
}

export function reservationCounts(facts: readonly Fact[]): object {
  return {
    reservations_created: countOf(facts, 'reservations_created'),
    reservations_accepted: countOf(facts, 'reservations_accepted'),
    reservations_rejected: countOf(facts, 'reservations_rejected'),
    reservations_timed_out: countOf(facts, 'reservations_timed_out'),
    reservations_canceled: countOf(facts, 'reservations_canceled'),
    reservations_rescinded: countOf(facts, 'reservations_rescinded'),
  };
}

/** What Workspaces, TaskQueues and Workflows have in common. */
export function taskStatistics(facts: readonly Fact[], thresholds: readonly number[]): object {
  const waited = (counter: Counter): Durations => durations(agesOf(facts, counter));
  return {
    ...reservationCounts(facts),
    avg_task_acceptance_time: waited('reservations_accepted').avg,
    wait_duration_until_accepted: waited('reservations_accepted'),
    wait_duration_until_canceled: waited('tasks_canceled'),
    // Guess: null without thresholds.
    split_by_wait_time:
      thresholds.length === 0
        ? null
        : Object.fromEntries(thresholds.map((seconds) => [seconds, splitAt(facts, seconds)])),
    tasks_canceled: countOf(facts, 'tasks_canceled'),
    tasks_completed: countOf(facts, 'tasks_completed'),
    tasks_deleted: countOf(facts, 'tasks_deleted'),
    // Differs: no Task changes its TaskQueue; a transfer creates another Task.
    tasks_moved: 0,
  };
}

/** Guess: exactly at the threshold counts as above. */
function splitAt(facts: readonly Fact[], seconds: number): object {
  const side = (isAbove: boolean): object => {
    const these = facts.filter(({ ageSeconds }) => ageSeconds >= seconds === isAbove);
    return {
      tasks_canceled: countOf(these, 'tasks_canceled'),
      reservations_accepted: countOf(these, 'reservations_accepted'),
    };
  };
  return { above: side(true), below: side(false) };
}

function agesOf(facts: readonly Fact[], counter: Counter): number[] {
  return facts.filter((fact) => fact.counter === counter).map(({ ageSeconds }) => ageSeconds);
}

export function waitsInQueue(facts: readonly Fact[]): Durations {
  const accepted = facts.filter(({ counter }) => counter === 'reservations_accepted');
  return durations(accepted.map(({ inQueueSeconds }) => inQueueSeconds));
}

/**
 * How long the Workers were in each Activity, of the time within the interval; each stay counts on its own.
 * Guess: a Worker who is still in an Activity counts up to the interval's end.
 */
export function activityDurations(
  { stays }: History,
  workers: readonly Worker[],
  activities: readonly Activity[],
  { start, end }: Interval,
): object[] {
  const all = [
    ...stays,
    ...workers.map(({ sid, activitySid, dateStatusChanged }) => ({
      workerSid: sid,
      activitySid,
      fromMs: dateStatusChanged.getTime(),
      toMs: end.getTime(),
    })),
  ];
  return activities.map(({ sid, friendlyName }) => {
    const within = all
      .filter((stay) => stay.activitySid === sid)
      .map(({ fromMs, toMs }) => Math.min(toMs, end.getTime()) - Math.max(fromMs, start.getTime()))
      .filter((ms) => ms > 0);
    return { sid, friendly_name: friendlyName, ...durations(within.map((ms) => Math.floor(ms / 1000))) };
  });
}

function durations(seconds: readonly number[]): Durations {
  if (seconds.length === 0) return { avg: 0, min: 0, max: 0, total: 0 };
  const total = seconds.reduce((sum, one) => sum + one, 0);
  const avg = Math.floor(total / seconds.length);
  return { avg, min: Math.min(...seconds), max: Math.max(...seconds), total };
}
