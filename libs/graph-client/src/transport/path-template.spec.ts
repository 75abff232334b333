import { describe, expect, it } from '@jest/globals';
import { pathTemplate } from './path-template.js';

const ID = '0c1b7d3e-7a3c-4a7c-9a55-1f1b6d1c0a77';

describe('pathTemplate', () => {
  it.each([
    [
      '/beta/deviceManagement/configurationPolicies?$top=25&$skiptoken=secret',
      '/beta/deviceManagement/configurationPolicies',
    ],
    [`https://graph.microsoft.com/v1.0/groups/${ID}/members?$filter=x`, '/v1.0/groups/{id}/members'],
    [
      `/beta/deviceAppManagement/mobileApps/${ID}/microsoft.graph.win32LobApp/assignments`,
      '/beta/deviceAppManagement/mobileApps/{id}/microsoft.graph.win32LobApp/assignments',
    ],
    ['/beta/$batch', '/beta/$batch'],
    ['/beta/deviceManagement/templates/T_1', '/beta/deviceManagement/templates/{id}'],
    ['/v1.0/groups/delta?$deltatoken=abc', '/v1.0/groups/delta'],
    ['/v1.0/users/delta', '/v1.0/users/delta'],
    ['/v1.0/users/$count', '/v1.0/users/$count'],
  ])('%s is shown as %s', (address, template) => {
    expect(pathTemplate(address)).toBe(template);
  });

  it.each([
    '/v1.0/users/ada.lovelace@contoso.example/memberOf',
    '/v1.0/users/ada/memberOf',
    '/v1.0/Users/ada/memberOf',
    "/v1.0/users('ada@contoso.example')/memberOf",
    '/v1.0/groups/ada%40contoso.example',
    'https://graph.microsoft.com/v1.0/users/ada#fragment',
    '/v1.0/anything/microsoft.ada.lovelace',
  ])('names no person: %s', (address) => {
    expect(pathTemplate(address).toLowerCase()).not.toContain('ada');
  });
});
