import type { GraphBody } from '../store/graph-body.js';

const TYPE = '#microsoft.graph.deviceManagementConfiguration';

/** A setting with one of its definition's options: option `1` of `x` is the value `x_1`. Children belong to that option. */
export function choice(settingDefinitionId: string, option: string | number, children: GraphBody[] = []): GraphBody {
  return {
    '@odata.type': `${TYPE}ChoiceSettingInstance`,
    settingDefinitionId,
    settingInstanceTemplateReference: null,
    choiceSettingValue: { settingValueTemplateReference: null, value: `${settingDefinitionId}_${option}`, children },
  };
}

export function integer(settingDefinitionId: string, value: number): GraphBody {
  return simple(settingDefinitionId, 'IntegerSettingValue', value);
}

export function text(settingDefinitionId: string, value: string): GraphBody {
  return simple(settingDefinitionId, 'StringSettingValue', value);
}

/** A list of texts. */
export function texts(settingDefinitionId: string, values: string[]): GraphBody {
  return {
    '@odata.type': `${TYPE}SimpleSettingCollectionInstance`,
    settingDefinitionId,
    settingInstanceTemplateReference: null,
    simpleSettingCollectionValue: values.map((value) => ({
      '@odata.type': `${TYPE}StringSettingValue`,
      settingValueTemplateReference: null,
      value,
    })),
  };
}

/** A list of groups of settings. */
export function groups(settingDefinitionId: string, entries: GraphBody[][]): GraphBody {
  return {
    '@odata.type': `${TYPE}GroupSettingCollectionInstance`,
    settingDefinitionId,
    settingInstanceTemplateReference: null,
    groupSettingCollectionValue: entries.map((children) => ({ settingValueTemplateReference: null, children })),
  };
}

function simple(settingDefinitionId: string, valueType: string, value: string | number): GraphBody {
  return {
    '@odata.type': `${TYPE}SimpleSettingInstance`,
    settingDefinitionId,
    settingInstanceTemplateReference: null,
    simpleSettingValue: { '@odata.type': `${TYPE}${valueType}`, settingValueTemplateReference: null, value },
  };
}
