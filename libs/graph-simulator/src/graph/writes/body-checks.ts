import { bodiesOf, canonicalJson, isBody, textOf, type GraphBody } from '../../store/graph-body.js';
import type { GraphCall } from '../graph-call.js';
import { modelName } from '../model/graph-model.js';
import { checkConditionalAccess } from './conditional-access-checks.js';
import { checkModel } from './model-check.js';
import { refuse } from './refusals.js';
import type { WriteContext } from './write-context.js';

/**
 * `@odata.type` has to be there where members are of several types, and has to belong to the collection; the rest of the body
 * has to fit the type. Throws a 400 refusal.
 */
export function checkType({ call, spec }: WriteContext, body: GraphBody, stored?: GraphBody): void {
  const given = textOf(body, '@odata.type');
  if (given === undefined && spec.polymorphic && spec.types.size > 1)
    throw refuse(call, 'Cannot create an abstract class.');
  const before = stored === undefined ? undefined : textOf(stored, '@odata.type');
  const declared = modelName(given === undefined ? (before ?? typeOfNew(spec)) : spec.entityType);
  checkModel(call, declared, body);
  if (given === undefined) return;
  if (before !== undefined && modelName(before) !== modelName(given))
    throw refuse(call, `The type of an object cannot be changed: it is '${before}'.`);
}

/** The type of an object that does not say it: the only one there is beside an abstract one, else the declared one. */
export function typeOfNew({ types, entityType }: WriteContext['spec']): string {
  const [only] = types;
  return only !== undefined && types.size === 1 ? only : entityType;
}

export function checkRequired({ call, rules }: WriteContext, body: GraphBody): void {
  const missing = rules.required.find((name) => body[name] === undefined || body[name] === null || body[name] === '');
  if (missing !== undefined) throw refuse(call, `The property '${missing}' is required.`);
}

export function checkImmutable({ call, rules }: WriteContext, body: GraphBody, stored: GraphBody): void {
  const changed = rules.immutable.some((name) => {
    const value = body[name];
    return value !== undefined && !sameValue(value, stored[name] ?? null);
  });
  if (changed) throw refuse(call, rules.immutableRefusal);
}

/** Rules of single collections that hold for a new object. */
export function checkNew({ call, spec }: WriteContext, body: GraphBody): void {
  if (spec.key === 'deviceCompliancePolicies') checkScheduledActions(call, bodiesOf(body, 'scheduledActionsForRule'));
  if (spec.key === 'deviceConfigurations') {
    const refers = bodiesOf(body, 'omaSettings').some((setting) => textOf(setting, 'secretReferenceValueId'));
    if (refers) throw refuse(call, 'SecretReferenceValueId invalid for create.', 'NotSupported');
  }
  if (spec.key === 'intuneBrandingProfiles' && spec.withheld.some(({ name }) => isBody(body[name] ?? null)))
    throw refuse(call, 'Images cannot be set when a branding profile is created.');
  if (spec.key === 'conditionalAccessPolicies') checkConditionalAccess(call, body);
}

/** Rules of single collections that hold for a change. */
export function checkChange({ call, spec }: WriteContext, body: GraphBody): void {
  if (spec.key === 'deviceCompliancePolicies' && body.scheduledActionsForRule !== undefined)
    throw refuse(call, 'ScheduledActionsForRule cannot be changed with PATCH; use scheduleActionsForRules.');
  if (
    spec.key === 'windowsFeatureUpdateProfiles' &&
    body.installLatestWindows10OnWindows11IneligibleDevice !== undefined
  )
    throw refuse(call, 'InstallLatestWindows10OnWindows11IneligibleDevice cannot be changed.');
  if (spec.key === 'configurationPolicies' && call.method === 'PATCH' && body.settings !== undefined)
    throw refuse(call, 'Settings cannot be changed with PATCH.');
  if (spec.key === 'conditionalAccessPolicies') checkConditionalAccess(call, body);
}

/** Exactly one of the actions blocks (ugurkocde/TenuVault#25). */
export function checkScheduledActions(call: GraphCall, rules: readonly GraphBody[]): void {
  const blocks = rules
    .flatMap((rule) => bodiesOf(rule, 'scheduledActionConfigurations'))
    .filter(({ actionType }) => actionType === 'block');
  if (blocks.length !== 1) throw refuse(call, 'Compliance policy must have one and only one block scheduled action');
}

/** A template's name may be left out of a reference to it, so that its id alone tells. */
function sameValue(given: GraphBody[string], stored: GraphBody[string]): boolean {
  if (isBody(given) && isBody(stored) && textOf(given, 'templateId') !== undefined)
    return textOf(given, 'templateId') === textOf(stored, 'templateId');
  return canonicalJson(given) === canonicalJson(stored);
}
