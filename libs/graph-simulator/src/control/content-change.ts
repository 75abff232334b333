import { randomUUID } from 'node:crypto';
import { collectionOf, type CollectionSpec } from '../graph/collections.js';
import { newId } from '../graph/writes/new-id.js';
import type { Actor } from '../store/audit-trail.js';
import { FolderUnreadable, readExportFolder, type ExportFolder, type UnreadableFile } from '../store/export-folder.js';
import { NotAnObject, stripAnnotations, typeOfExport } from '../store/exported-object.js';
import { textOf, type GraphBody } from '../store/graph-body.js';
import { graphTime } from '../store/graph-time.js';
import type { ContentCounts, TenantStore } from '../store/tenant-store.js';
import { ControlError } from './control-error.js';

export interface ContentReport extends ContentCounts {
  unreadable: UnreadableFile[];
}

/** Makes the tenant's policies those of a folder; groups in it are added, none is taken away. Throws ControlError. */
export async function replaceContent(tenant: TenantStore, dir: string, actor: Actor): Promise<ContentReport> {
  const folder = await readFolder(dir);
  tenant.putGroups(folder.groups);
  return { ...tenant.replaceContent(folder.objects, actor), unreadable: folder.unreadable };
}

/** Sets properties of one policy as an admin would; `settings`, `assignments` and other lists are replaced whole. Throws ControlError. */
export function patchObject(tenant: TenantStore, id: string, changes: GraphBody, actor: Actor, now: number): GraphBody {
  const policy = known(tenant, id);
  const before = policy.body;
  const stamped = { ...before, ...stripAnnotations(changes), ...stamp(before, now) };
  tenant.write({ collection: policy.collection, body: { ...stamped, id: policy.id } }, actor);
  return known(tenant, id).body;
}

/** Adds one exported object, which gets an id where it has none; a taken id is refused. Throws ControlError. */
export function addObject(tenant: TenantStore, exported: GraphBody, actor: Actor, now: number): GraphBody {
  const spec = typeOf(exported);
  const id = textOf(exported, 'id') ?? newId(tenant, spec, exported);
  if (tenant.policy(id) !== undefined)
    throw new ControlError(409, 'control.id_taken', `The tenant has an object with the id ${id} already.`);
  const at = graphTime(now);
  const body = { createdDateTime: at, lastModifiedDateTime: at, ...stripAnnotations(exported), id };
  tenant.write({ collection: spec.key, body }, actor);
  return known(tenant, id).body;
}

export function deleteObject(tenant: TenantStore, id: string, actor: Actor): void {
  known(tenant, id);
  tenant.delete(id, actor);
}

async function readFolder(dir: string): Promise<ExportFolder> {
  try {
    return await readExportFolder(dir);
  } catch (error) {
    if (error instanceof FolderUnreadable) throw new ControlError(400, 'control.dir_unreadable', error.message);
    throw error;
  }
}

function known(tenant: TenantStore, id: string) {
  const policy = tenant.policy(id);
  if (policy === undefined)
    throw new ControlError(404, 'control.unknown_object', `The tenant has no object with the id ${id}.`);
  return policy;
}

function typeOf(exported: GraphBody): CollectionSpec {
  try {
    const type = typeOfExport(exported, [textOf(exported, 'collection') ?? '']);
    if (type !== 'group') return collectionOf(type.key);
  } catch (error) {
    if (error instanceof NotAnObject)
      throw new ControlError(400, 'control.unknown_type', `The object cannot be placed: ${error.message}.`);
    throw error;
  }
  throw new ControlError(400, 'control.unknown_type', 'Groups come with a tenant and are not added one by one.');
}

/** What the service sets itself on each write: the time and, where the type has one, the version. */
function stamp(before: GraphBody, now: number): GraphBody {
  const time = { lastModifiedDateTime: graphTime(now) };
  if (typeof before.version === 'number') return { ...time, version: before.version + 1 };
  if (typeof before.version === 'string') return { ...time, version: `"${randomUUID()}"` };
  return time;
}
