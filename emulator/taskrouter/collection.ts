/** The resources of one kind, over all Workspaces. */

export class Collection<Item extends { sid: string; workspaceSid: string }> {
  private readonly bySid = new Map<string, Item>();

  add(item: Item): Item {
    this.bySid.set(item.sid, item);
    return item;
  }

  get(sid: string | null): Item | undefined {
    return sid === null ? undefined : this.bySid.get(sid);
  }

  find(workspaceSid: string, sid: string): Item | undefined {
    const item = this.bySid.get(sid);
    return item?.workspaceSid === workspaceSid ? item : undefined;
  }

  /** Oldest first. */
  list(workspaceSid: string): Item[] {
    return [...this.bySid.values()].filter((item) => item.workspaceSid === workspaceSid);
  }

  /** Of every Workspace. */
  all(): Item[] {
    return [...this.bySid.values()];
  }

  delete(item: Item): void {
    this.bySid.delete(item.sid);
  }
}
