import { describe, expect, it } from '@jest/globals';
import { changeText, trailTo } from './change-text';
import { changesIn, countsOf, NO_WORDS, type DiffNode } from './diff-node';
import { compareDocuments, treeOfChanges, type PolicyDocument } from './policy-document';
import { visibleRows } from './visible-rows';

const NAMES = {
  words: NO_WORDS,
  targets: {
    group: (id: string) => ({ g1: 'Pilot users', g2: 'Kiosks' })[id],
    filter: (id: string) => ({ f1: 'Corporate devices' })[id],
  },
};

function policy(change: Partial<PolicyDocument> = {}): PolicyDocument {
  return {
    name: 'Firewall',
    description: null,
    settings: [{ settingDefinitionId: 'firewall_on', value: 'yes' }],
    properties: { rules: { inbound: 'block' } },
    assignments: [{ target: 'group', groupId: 'g1' }],
    ...change,
  };
}

const told = (nodes: readonly DiffNode[]): string[] =>
  changesIn(nodes).map(({ path, change, before, after }) => `${path} ${change} ${String(before)} ${String(after)}`);

describe('compareDocuments', () => {
  it('finds nothing between equal documents, and still shows all of them', () => {
    const nodes = compareDocuments(policy(), policy(), NAMES);
    expect(told(nodes)).toEqual([]);
    expect(nodes.map(({ label }) => label)).toEqual(['Name and description', 'Settings', 'Properties', 'Assignments']);
    expect(visibleRows(nodes, { show: 'changes', toggled: new Set(), search: '' })).toEqual([]);
  });

  it('says where something changed', () => {
    const nodes = compareDocuments(
      policy(),
      policy({ name: 'Firewall 2', settings: [], properties: { rules: { inbound: 'allow' } } }),
      NAMES,
    );
    expect(told(nodes)).toEqual([
      'general/name changed Firewall Firewall 2',
      'settings/firewall_on removed yes undefined',
      'properties/rules/inbound changed block allow',
    ]);
    expect(countsOf(changesIn(nodes))).toEqual({ added: 0, removed: 1, changed: 2 });
  });

  it('names groups and filters, and takes an exclusion of an included group for one change', () => {
    const nodes = compareDocuments(
      policy({ assignments: [{ target: 'group', groupId: 'g1' }, { target: 'allDevices' }] }),
      policy({
        assignments: [
          { target: 'exclusionGroup', groupId: 'g1' },
          { target: 'allDevices', filterId: 'f1', filterType: 'exclude' },
          { target: 'group', groupId: 'g2' },
        ],
      }),
      NAMES,
    );
    const changes = changesIn(nodes).map(({ label, change, before, after }) => [label, change, before, after]);
    expect(changes).toEqual([
      ['Filter', 'added', undefined, 'Exclude: Corporate devices'],
      ['Kiosks', 'added', undefined, 'Included'],
      ['Pilot users', 'changed', 'Included', 'Excluded'],
    ]);
  });

  it('shows everything of a policy that was not there', () => {
    expect(countsOf(changesIn(compareDocuments(null, policy(), NAMES)))).toEqual({ added: 4, removed: 0, changed: 0 });
  });

  it('compares only the parts that are asked for', () => {
    const nodes = compareDocuments(policy(), policy({ name: 'B', assignments: [] }), NAMES, ['assignments']);
    expect(told(nodes)).toEqual(['assignments/g1 removed Included undefined']);
  });
});

describe('treeOfChanges', () => {
  it('makes the same tree of evidence', () => {
    const nodes = treeOfChanges(
      [
        { path: 'name', before: 'A', after: 'B', change: 'changed' },
        { path: 'settings/s1', settingDefinitionId: 's1', before: null, after: 'on', change: 'added' },
        { path: 'rules.inbound', before: 'block', after: 'allow', change: 'changed' },
        { path: 'assignments/group/g1', before: null, after: { target: 'group', groupId: 'g1' }, change: 'added' },
      ],
      NAMES,
    );
    expect(told(nodes)).toEqual([
      'general/name changed A B',
      'settings/s1 added undefined on',
      'properties/rules/inbound changed block allow',
      'assignments/g1 added undefined Included',
    ]);
  });
});

describe('visibleRows', () => {
  const nodes = compareDocuments(
    policy(),
    policy({ properties: { rules: { inbound: 'allow', outbound: 'allow' } } }),
    NAMES,
  );
  const paths = (view: Partial<Parameters<typeof visibleRows>[1]>): string[] =>
    visibleRows(nodes, { show: 'changes', toggled: new Set(), search: '', ...view }).map(({ node }) => node.path);

  it('shows changes with what they stand in', () => {
    expect(paths({})).toEqual([
      'properties',
      'properties/rules',
      'properties/rules/inbound',
      'properties/rules/outbound',
    ]);
  });

  it('hides what a closed row holds', () => {
    expect(paths({ toggled: new Set(['properties/rules']) })).toEqual(['properties', 'properties/rules']);
  });

  it('searches names and values, and keeps the way to a match', () => {
    expect(paths({ show: 'all', search: 'pilot' })).toEqual(['assignments', 'assignments/g1']);
    expect(paths({ search: 'nowhere' })).toEqual([]);
  });
});

describe('changeText', () => {
  it('tells changes in lines that a ticket can hold', () => {
    const nodes = compareDocuments(policy(), policy({ name: 'B', settings: [] }), NAMES);
    const trail = (node: DiffNode): string => (trailTo(nodes, node.path) ?? []).join(' › ');
    expect(changeText(changesIn(nodes), { before: 'Version 1', after: 'Version 2' }, trail)).toBe(
      ['Version 1 -> Version 2', '~ Name and description › Name: Firewall -> B', '- Settings › firewall_on: yes'].join(
        '\n',
      ),
    );
  });
});
