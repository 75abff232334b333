import type { GraphBody } from '../../store/graph-body.js';

/** Form of the ids that a collection gives to new objects. */
export type IdForm = 'guid' | 'T_guid' | 'A_guid' | 'integer' | 'given' | 'enrollment';

export interface UpdateRule {
  method: 'PATCH' | 'PUT';
  status: number;
  /** The only properties that this method changes; without it, all but the computed and immutable ones. */
  only?: readonly string[];
}

/** How assignments are written. */
export type AssignRule =
  /** `POST {id}/{action}` whose `bodyKey` replaces the whole list. */
  | {
      style: 'replace';
      action: 'assign' | 'update';
      bodyKey: string;
      status: number;
      ids: AssignmentIds;
      source: boolean;
      /** Name of the list in the action's older form: `{targetGroupId, excludeGroup}` each, groups alone. */
      oldBodyKey?: string;
    }
  /** `POST {id}/assignments` with one `target`; each is taken away with DELETE. */
  | { style: 'each'; status: number; source: boolean };

/** Ids of assignments: `{policy}_{group}`, `{policy}:{group}`, or of the group alone with what it is for. */
export type AssignmentIds = '_' | ':' | 'incl';

/** What a POST on `{id}/{name}` does. */
export type WriteAction =
  /** The body's list stands in the place of the object's own; `alsoSet` are properties taken over from the body. */
  | { kind: 'replace-children'; bodyKey: string; child: string; status: number; alsoSet?: readonly string[] }
  /** The named properties take the body's values; the others stay. */
  | { kind: 'set-properties'; properties: readonly string[]; status: number }
  | { kind: 'definition-values'; status: number }
  | { kind: 'intent-settings'; status: number }
  | { kind: 'create-instance'; status: number }
  | { kind: 'priority'; status: number }
  | { kind: 'remove'; status: number }
  /** Taken, and nothing of it is ever told again: files that the service keeps to itself. */
  | { kind: 'accept'; status: number }
  /** Another object with the same content, under the name and description of the body where they are given. */
  | { kind: 'copy'; status: number }
  /** The place among policies of the same kind: `priorityMetaData`. */
  | { kind: 'reorder'; status: number }
  /** Approves, declines or suspends drivers of the profile's inventory. */
  | { kind: 'driver-approval'; status: number }
  | { kind: 'driver-sync'; status: number }
  /** A new enrollment token, or the end of it. */
  | { kind: 'create-token' | 'revoke-token'; status: number };

/** Writes that a collection takes, with the statuses that were observed. */
export interface WriteSpec {
  /** Any one of these application permissions allows writing. */
  permissions: readonly string[];
  /** Status of POST; absent where objects are not made this way. */
  create?: number;
  updates: readonly UpdateRule[];
  /** Status of DELETE; absent where there is none. */
  delete?: number;
  assign?: AssignRule;
  actions: Readonly<Record<string, WriteAction>>;
  ids: IdForm;
  /** Properties that a new object has to have. */
  required: readonly string[];
  /** Properties that keep their value after creation; another value is refused with `immutableRefusal`. */
  immutable: readonly string[];
  immutableRefusal: string;
  /** Properties of the service, which a caller's value does not change. */
  computed: readonly string[];
  /** `number` and `text` count up, `opaque` is a quoted text that changes with each write. */
  version: 'number' | 'text' | 'opaque' | 'none';
  /** Times that the service sets: at creation, and at each write. */
  times: { created?: string; modified?: string };
  /** Properties that a new object gets from the service, whatever the body says. */
  initial: GraphBody;
  /** Properties that a new object has where the body leaves them out. */
  defaults: GraphBody;
  /** Policy type of multi admin approval that protects this collection. */
  approvalType?: string;
  /** Objects of the service's own: no caller deletes them, and where `builtInFixed` none changes them. */
  builtIn?: (body: GraphBody) => boolean;
  builtInFixed: boolean;
  /** DELETE puts the object into the bin, from where it comes back for 30 days. */
  softDelete: boolean;
}
