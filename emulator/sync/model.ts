/** What Sync keeps. */

export interface SyncItem {
  index: number;
  data: unknown;
  revision: number;
  dateCreated: Date;
  dateUpdated: Date;
}

export interface SyncList {
  sid: string;
  uniqueName: string | null;
  revision: number;
  dateExpires: Date | null;
  dateCreated: Date;
  dateUpdated: Date;
  items: SyncItem[];
  nextIndex: number;
}
