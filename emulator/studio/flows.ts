/** Flows: those in infra/studio, which provisioning uploads and the emulator runs, and those made by REST. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Account } from '../core/account';
import type { Clock } from '../core/clock';
import { FLOWS_FOLDER } from '../core/places';
import { createSid, sidFromName } from '../core/sids';
import type { Definition, Flow, FlowStatus } from './model';
import { findProblems, parseDefinition } from './validation';

/** The Flow that STUDIO_FLOW_SID names. */
const MAIN_FLOW = 'custom-chat-to-flex';
/** What the files carry where an account's own SIDs belong. */
const NO_WORKFLOW = `WW${'0'.repeat(32)}`;
const NO_TASK_CHANNEL = `TC${'0'.repeat(32)}`;

interface FlowChange {
  friendlyName: string;
  status: FlowStatus;
  /** JSON as text. */
  definition: string;
  commitMessage: string | null;
}

export class Flows {
  private readonly bySid = new Map<string, Flow>();
  private readonly revisions = new Map<string, Flow[]>();

  constructor(private readonly clock: Clock) {}

  loadFiles(account: Account, folder = FLOWS_FOLDER): void {
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
      this.publishFile(account, join(folder, name));
    }
  }

  /**
   * The Flow of that name, or its next revision. Throws with the names of all problems: an account whose Flow is broken is
   * of no use.
   */
  publishFile(account: Account, file: string): Flow {
    const name = basename(file, '.json');
    const definition = readFileSync(file, 'utf8')
      .replaceAll(NO_WORKFLOW, account.workflowSid)
      .replaceAll(NO_TASK_CHANNEL, account.taskChannelSid);
    const problems = findProblems(JSON.parse(definition));
    if (problems.length > 0) throw new Error(`${file}: ${JSON.stringify(problems, null, 2)}`);
    const sid = name === MAIN_FLOW ? account.flowSid : sidFromName('FW', name);
    const wanted = { friendlyName: name, status: 'published', definition, commitMessage: null } as const;
    const present = this.get(sid);
    return present ? this.update(present, wanted) : this.create(wanted, sid);
  }

  create(wanted: FlowChange, sid = createSid('FW')): Flow {
    const now = this.clock.date();
    const definition = parseDefinition(wanted.definition);
    return this.keep({ ...wanted, definition, sid, revision: 1, dateCreated: now, dateUpdated: now });
  }

  /** A new revision. */
  update(flow: Flow, change: Partial<FlowChange>): Flow {
    const definition: Definition =
      change.definition === undefined ? flow.definition : parseDefinition(change.definition);
    return this.keep({
      ...flow,
      definition,
      status: change.status ?? flow.status,
      friendlyName: change.friendlyName ?? flow.friendlyName,
      commitMessage: change.commitMessage ?? null,
      revision: flow.revision + 1,
      dateUpdated: this.clock.date(),
    });
  }

  get(sid: string): Flow | undefined {
    return this.bySid.get(sid);
  }

  /** Oldest first. */
  revisionsOf(sid: string): Flow[] {
    return this.revisions.get(sid) ?? [];
  }

  /** What runs: the newest published revision. */
  published(sid: string): Flow | undefined {
    return this.revisionsOf(sid).findLast((flow) => flow.status === 'published');
  }

  list(): Flow[] {
    return [...this.bySid.values()];
  }

  delete(flow: Flow): void {
    this.bySid.delete(flow.sid);
    this.revisions.delete(flow.sid);
  }

  private keep(flow: Flow): Flow {
    this.bySid.set(flow.sid, flow);
    this.revisions.set(flow.sid, [...this.revisionsOf(flow.sid), flow]);
    return flow;
  }
}
