/** A collection of Twilio's: its items are listed, created, fetched, updated and deleted in the same way everywhere. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { TwilioError } from './errors';
import type { Form } from './form';
import { formOf, found, pageOf, param } from './http-api';
import type { Pageable } from './sorted';
import { toPage } from './wire';

type ToJson<Item> = (item: Item, request: FastifyRequest) => object;

/** Operations that are omitted are not served. */
interface Resources<Item> {
  /** Of the collection, for example `/Services/:serviceSid/Builds`. An item's path is one segment longer. */
  path: string;
  /** What the item's own segment is called, for example `buildSid`. */
  sid: string;
  /** The key of the items in a page. */
  key: string;
  /** Source: openapi (maximum on PageSize) */
  maxPageSize: number;
  /** All items that the request selects, before they are split into pages. */
  list?: (request: FastifyRequest) => Pageable<Item>;
  /** Looks up the `sid` of the path. Answers 20404 if it does not exist. */
  find?: (sid: string, request: FastifyRequest) => Item | undefined;
  create?: (form: Form, request: FastifyRequest) => Item;
  update?: (item: Item, form: Form, request: FastifyRequest) => void;
  remove?: (item: Item, request: FastifyRequest) => void;
  toJson: ToJson<Item>;
  /** In a page and in the response to its creation, for resources that Twilio shows differently there. */
  toListedJson?: ToJson<Item>;
  toCreatedJson?: ToJson<Item>;
  /** HTTP status of the answer to a create; 201 unless given. */
  createdStatus?: number;
  /** Counts the item's changes, where answers carry it as an ETag. */
  versionOf?: (item: Item) => number;
}

export function serveResources<Item>(app: FastifyInstance, resources: Resources<Item>): void {
  const { path, sid, key, maxPageSize, list, find, create, update, remove, toJson } = resources;
  const { toListedJson = toJson, toCreatedJson = toJson, createdStatus = 201, versionOf } = resources;
  const itemPath = `${path}/:${sid}`;
  const setETag = (reply: FastifyReply, item: Item): void => {
    // Guess: the form of the tag; clients only send it back.
    if (versionOf) reply.header('ETag', `"${versionOf(item)}"`);
  };

  if (list) {
    app.get(path, (request) => {
      const items = list(request);
      return toPage(key, items, (item) => toListedJson(item, request), pageOf(request, maxPageSize));
    });
  }
  if (create) {
    app.post(path, (request, reply) => {
      const item = create(formOf(request), request);
      setETag(reply.code(createdStatus), item);
      return toCreatedJson(item, request);
    });
  }
  if (!find) return;

  const itemOf = (request: FastifyRequest): Item => found(find(param(request, sid), request), request);
  const itemToChange = (request: FastifyRequest): Item => {
    const item = itemOf(request);
    if (versionOf) checkIfMatch(request.headers['if-match'], versionOf(item));
    return item;
  };
  app.get(itemPath, (request, reply) => {
    const item = itemOf(request);
    setETag(reply, item);
    return toJson(item, request);
  });
  if (update) {
    app.post(itemPath, (request, reply) => {
      const item = itemToChange(request);
      update(item, formOf(request), request);
      setETag(reply, item);
      return toJson(item, request);
    });
  }
  if (remove) {
    app.delete(itemPath, (request, reply) => {
      remove(itemToChange(request), request);
      return reply.code(204).send();
    });
  }
}

/** A lost race. Source: openapi taskrouter_v1 (If-Match). Guess: the code 20412. */
export function checkIfMatch(wanted: string | undefined, version: number): void {
  if (wanted === undefined || wanted === '*') return;
  if (wanted.replace(/^W\/|"/g, '') !== String(version)) {
    throw new TwilioError(412, 20412, 'Precondition failed: the resource has changed');
  }
}
