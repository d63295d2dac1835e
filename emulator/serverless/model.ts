/** What the Serverless API keeps. Names and fields: Source: openapi serverless_v1 */

export type Visibility = 'public' | 'protected' | 'private';

export interface Service {
  sid: string;
  uniqueName: string;
  friendlyName: string;
  /** Whether Functions get ACCOUNT_SID and AUTH_TOKEN in their context. */
  includeCredentials: boolean;
  uiEditable: boolean;
  /** The part of the domain that all Environments share: `<unique name>-<four digits>`. */
  domainBase: string;
  dateCreated: Date;
  dateUpdated: Date;
}

export interface Environment {
  sid: string;
  serviceSid: string;
  uniqueName: string;
  domainSuffix: string | null;
  domainName: string;
  /** The Build that is deployed here. */
  buildSid: string | null;
  dateCreated: Date;
  dateUpdated: Date;
}

export interface Variable {
  sid: string;
  environmentSid: string;
  key: string;
  value: string;
  dateCreated: Date;
  dateUpdated: Date;
}

/** A Function and an Asset are the same on the wire: a name under which Versions are uploaded. */
export type CodeKind = 'function' | 'asset';

export interface CodeResource {
  sid: string;
  kind: CodeKind;
  serviceSid: string;
  friendlyName: string;
  dateCreated: Date;
  dateUpdated: Date;
}

export interface Version {
  sid: string;
  kind: CodeKind;
  serviceSid: string;
  /** The Function or Asset that this is a Version of. */
  resourceSid: string;
  /** The path of its URL, with a leading slash. */
  path: string;
  visibility: Visibility;
  content: Buffer;
  contentType: string;
  dateCreated: Date;
}

export interface Dependency {
  name: string;
  version: string;
}

export interface Build {
  sid: string;
  serviceSid: string;
  status: 'building' | 'completed' | 'failed';
  functionVersions: Version[];
  assetVersions: Version[];
  dependencies: Dependency[];
  runtime: string;
  dateCreated: Date;
  dateUpdated: Date;
}

export interface Deployment {
  sid: string;
  serviceSid: string;
  environmentSid: string;
  buildSid: string;
  dateCreated: Date;
}

export interface Log {
  sid: string;
  serviceSid: string;
  environmentSid: string;
  buildSid: string;
  deploymentSid: string;
  functionSid: string;
  requestSid: string;
  level: 'INFO' | 'WARN' | 'ERROR';
  message: string;
  dateCreated: Date;
}

/** What the Functions of one Environment run with. */
export interface Live {
  service: Service;
  environment: Environment;
  deployment: Deployment;
  build: Build;
}
