import { choice, groups, text } from '../setting-instances.js';
import type { TenantDraft } from './tenant-draft.js';

const KEYWORD = 'vendor_msft_firewall_mdmstore_dynamickeywords_addresses_{id}';
const DISCOVERY = 'linux_customcompliance_discoveryscript_reusablesetting';

/** Host names for firewall rules, and discovery scripts of Linux compliance. */
export function addReusableSettings(tenant: TenantDraft): void {
  const dice = tenant.dice('reusable settings');
  tenant.repeat(tenant.counts.reusableSettings, (at) => {
    const script = at % 5 === 4;
    const host = dice.pick(['erp', 'print', 'pki', 'update', 'telemetry', 'backup']);
    const id = script ? DISCOVERY : KEYWORD;
    return {
      collection: 'reusablePolicySettings',
      name: script ? `Linux discovery ${at}` : `Host ${host}-${at} ${dice.pick(tenant.company.sites)}`,
      values: {
        settingDefinitionId: id,
        version: dice.int(1, 9),
        settingInstance: script
          ? text(id, Buffer.from('#!/bin/sh\nprintf \'{"kernel":"%s"}\' "$(uname -r)"\n').toString('base64'))
          : groups(id, [
              [
                text(`${KEYWORD}_id`, `{${tenant.guid(`keyword ${at}`)}}`),
                choice(`${KEYWORD}_autoresolve`, dice.chance(0.6) ? 'true' : 'false'),
                text(`${KEYWORD}_keyword`, `${host}-${at}.${tenant.company.domain}`),
              ],
            ]),
      },
      tagField: 'none',
    };
  });
}
