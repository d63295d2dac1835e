/** Functions and Assets, and the Versions of them that were uploaded. */
import type { Clock } from '../core/clock';
import { invalidParameter } from '../core/errors';
import { createSid } from '../core/sids';
import { MAX_FRIENDLY_NAME_CHARS } from './limits';
import type { CodeKind, CodeResource, Version, Visibility } from './model';

export interface Upload {
  path: string;
  visibility: string;
  content: Buffer;
  contentType: string;
}

export class Code {
  private readonly resources = new Map<string, CodeResource>();
  private readonly versions = new Map<string, Version>();

  constructor(private readonly clock: Clock) {}

  ofService(serviceSid: string, kind: CodeKind): CodeResource[] {
    return [...this.resources.values()].filter(
      (code) => code.serviceSid === serviceSid && code.kind === kind,
    );
  }

  find(serviceSid: string, kind: CodeKind, sid: string): CodeResource | undefined {
    return this.ofService(serviceSid, kind).find((code) => code.sid === sid);
  }

  create(serviceSid: string, kind: CodeKind, friendlyName: string): CodeResource {
    checkName(friendlyName);
    const now = this.clock.date();
    const code = { sid: createSid('ZH'), kind, serviceSid, friendlyName, dateCreated: now, dateUpdated: now };
    this.resources.set(code.sid, code);
    return code;
  }

  rename(code: CodeResource, friendlyName: string): void {
    checkName(friendlyName);
    Object.assign(code, { friendlyName, dateUpdated: this.clock.date() });
  }

  /** The Versions stay where Builds use them. Source: docs https://www.twilio.com/docs/serverless/api/resource/function */
  remove(code: CodeResource): void {
    this.resources.delete(code.sid);
  }

  upload(code: CodeResource, { path, visibility, content, contentType }: Upload): Version {
    if (!path.startsWith('/') || /[\s?#]/.test(path))
      throw invalidParameter(`${path} cannot be the path of a URL`);
    if (!isVisibility(visibility)) throw invalidParameter('Visibility must be public, protected or private');
    const version: Version = {
      sid: createSid('ZN'),
      kind: code.kind,
      serviceSid: code.serviceSid,
      resourceSid: code.sid,
      path,
      visibility,
      content,
      contentType,
      dateCreated: this.clock.date(),
    };
    this.versions.set(version.sid, version);
    return version;
  }

  versionsOf(code: CodeResource): Version[] {
    return [...this.versions.values()].filter(({ resourceSid }) => resourceSid === code.sid);
  }

  findVersion(serviceSid: string, kind: CodeKind, sid: string): Version | undefined {
    const version = this.versions.get(sid);
    return version?.serviceSid === serviceSid && version.kind === kind ? version : undefined;
  }

  removeService(serviceSid: string): void {
    for (const [sid, code] of this.resources) if (code.serviceSid === serviceSid) this.resources.delete(sid);
    for (const [sid, version] of this.versions)
      if (version.serviceSid === serviceSid) this.versions.delete(sid);
  }
}

function checkName(name: string): void {
  if (name.length > MAX_FRIENDLY_NAME_CHARS) throw invalidParameter('FriendlyName is too long');
}

function isVisibility(text: string): text is Visibility {
  return ['public', 'protected', 'private'].includes(text);
}
