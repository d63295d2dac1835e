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

  /** Unchecked, because the check takes a tenth of a second and the files rarely change: `check` is for those who edit them. */
  loadFiles(account: Account, folder = FLOWS_FOLDER): void {
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
      this.publish(account, join(folder, name));
    }
  }

  /** The Flow of that name, or its next revision. Throws with all problems, and keeps the present one. */
  publishFile(account: Account, file: string): void {
    requireSound(basename(file), readDefinition(account, file));
    this.publish(account, file);
  }

  /** Throws with all problems of a Flow: an account whose Flow is broken is of no use. */
  check(): void {
    for (const { friendlyName, definition } of this.list()) requireSound(`${friendlyName}.json`, definition);
  }

  create({ definition, ...wanted }: FlowChange): Flow {
    return this.add(wanted, parseDefinition(definition), createSid('FW'));
  }

  /** A new revision. */
  update(flow: Flow, { definition, ...change }: Partial<FlowChange>): Flow {
    return this.revise(
      flow,
      change,
      definition === undefined ? flow.definition : parseDefinition(definition),
    );
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

  private publish(account: Account, file: string): void {
    const name = basename(file, '.json');
    const definition = readDefinition(account, file);
    const sid = name === MAIN_FLOW ? account.flowSid : sidFromName('FW', name);
    const wanted = { friendlyName: name, status: 'published', commitMessage: null } as const;
    const present = this.get(sid);
    if (present) this.revise(present, wanted, definition);
    else this.add(wanted, definition, sid);
  }

  private add(wanted: Omit<FlowChange, 'definition'>, definition: Definition, sid: string): Flow {
    const now = this.clock.date();
    return this.keep({ ...wanted, definition, sid, revision: 1, dateCreated: now, dateUpdated: now });
  }

  private revise(flow: Flow, change: Partial<Omit<FlowChange, 'definition'>>, definition: Definition): Flow {
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

  private keep(flow: Flow): Flow {
    this.bySid.set(flow.sid, flow);
    this.revisions.set(flow.sid, [...this.revisionsOf(flow.sid), flow]);
    return flow;
  }
}

function readDefinition({ workflowSid, taskChannelSid }: Account, file: string): Definition {
  const text = readFileSync(file, 'utf8')
    .replaceAll(NO_WORKFLOW, workflowSid)
    .replaceAll(NO_TASK_CHANNEL, taskChannelSid);
  return JSON.parse(text) as Definition;
}

function requireSound(file: string, definition: Definition): void {
  const problems = findProblems(definition);
  if (problems.length > 0) throw new Error(`${file}: ${JSON.stringify(problems, null, 2)}`);
}
