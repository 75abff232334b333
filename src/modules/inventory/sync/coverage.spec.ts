import { describe, expect, it } from '@jest/globals';
import type { GraphCollection } from '#libs/graph-client/src/catalogue/policy-type.js';
import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import { GraphFailure } from '#libs/graph-client/src/graph-failure.js';
import { COVERAGE_STATES, itemOf, stateOf, syncOutcome, type TypeCoverage } from './coverage.js';

const collection = policyType('settingsCatalog')?.collection as GraphCollection;
const licensed = { ...collection, licence: 'Something' };
const coverageOf = (state: TypeCoverage['state']): TypeCoverage => ({
  type: 'settingsCatalog',
  state,
  policies: 0,
  reasonCode: state === 'read' ? null : `reason.${state}`,
});

describe('what a refused collection means', () => {
  it.each([
    ['graph.forbidden', 'Your tenant is not licensed for this feature.', 'unsupported_licence'],
    ['graph.not_found', 'Resource not found', 'unsupported_licence'],
    ['graph.forbidden', 'Application must have one of the following scopes: A, B', 'forbidden'],
    ['graph.forbidden', 'Insufficient privileges to complete the operation.', 'forbidden'],
    [
      'graph.forbidden',
      'called in app only context but does not have application permissions configured.',
      'forbidden',
    ],
    ['graph.forbidden', 'User is not authorized to perform this operation', 'forbidden'],
    ['graph.forbidden', 'You cannot perform the requested operation, required scopes are missing', 'forbidden'],
    ['graph.forbidden', 'The principal does not have required Microsoft Graph permission(s)', 'forbidden'],
    ['graph.forbidden', 'no error text', 'forbidden'],
    ['graph.bad_request', 'Request not applicable to target tenant.', 'unsupported_licence'],
    ['graph.bad_request', 'Invalid filter clause', 'failed'],
    ['graph.throttled', 'Slow', 'throttled'],
    ['graph.unavailable', 'Down', 'failed'],
  ] as const)('%s (%s) of one that takes a licence: %s', (code, detail, state) => {
    expect(stateOf(licensed, new GraphFailure(code, { detail })).state).toBe(state);
  });

  it('is never a licence where none is needed', () => {
    expect(stateOf(collection, new GraphFailure('graph.forbidden', { detail: '' }))).toEqual({
      state: 'forbidden',
      reasonCode: 'graph.forbidden',
    });
    expect(stateOf(collection, new GraphFailure('graph.not_found', { detail: '' })).state).toBe('failed');
  });
});

describe('the outcome of a sync', () => {
  it.each([
    [['read', 'read'], 'succeeded'],
    [['read', 'unsupported_licence'], 'succeeded'],
    [['unsupported_licence'], 'succeeded'],
    [['read', 'partial'], 'partially_succeeded'],
    [['read', 'forbidden', 'unsupported_licence'], 'partially_succeeded'],
    [['unsupported_licence', 'throttled'], 'failed'],
  ] as const)('of %j is %s', (states, outcome) => {
    expect(syncOutcome(states.map(coverageOf))).toBe(outcome);
  });

  it('has an item for each type, which is a success only when all of it was read', () => {
    const results = COVERAGE_STATES.map((state) => [state, itemOf(coverageOf(state)).result]);
    expect(Object.fromEntries(results)).toEqual({
      read: 'success',
      partial: 'failed',
      forbidden: 'failed',
      throttled: 'failed',
      failed: 'failed',
      unsupported_licence: 'skipped',
    });
  });
});
