import { describe, expect, it } from '@jest/globals';
import { spelledOut } from './spelling';

describe('the name of a property', () => {
  it.each([
    ['passwordRequiredType', 'Password required type'],
    ['enableDNSOverHTTPS', 'Enable DNS over HTTPS'],
    ['forceFIPSCompliance', 'Force FIPS compliance'],
    ['notificationMessageCCList', 'Notification message CC list'],
    ['allowedAAGUIDs', 'Allowed AAGUIDs'],
    ['check32BitOn64System', 'Check 32-bit on 64 system'],
    ['runAs32Bit', 'Run as 32-bit'],
  ])('%s reads as "%s"', (name, words) => expect(spelledOut(name)).toBe(words));

  it.each([
    ['bitLockerEnabled', 'BitLocker enabled'],
    ['requireBitlocker', 'Require BitLocker'],
    ['wifiSecurityType', 'Wi-Fi security type'],
    ['cellularBlockWiFiTethering', 'Cellular block Wi-Fi tethering'],
    ['iosRestriction', 'iOS restriction'],
    ['macOSRestriction', 'macOS restriction'],
    ['iPhoneAndIPod', 'iPhone and iPod'],
    ['minimumPinLength', 'Minimum PIN length'],
    ['tpmRequired', 'TPM required'],
    ['osMinimumVersion', 'OS minimum version'],
    ['omaUri', 'OMA-URI'],
    ['omaSettings', 'OMA settings'],
    ['scepServerUrls', 'SCEP server URLs'],
    ['vppTokenAppleId', 'VPP token Apple ID'],
    ['disableMacAddressRandomization', 'Disable MAC address randomization'],
    ['windowsHelloForBusinessBlocked', 'Windows Hello for Business blocked'],
    ['allowWindows11Upgrade', 'Allow Windows 11 upgrade'],
    ['hybridAzureADJoinSkipConnectivityCheck', 'Hybrid Azure AD join skip connectivity check'],
    ['powerShellScript', 'PowerShell script'],
  ])('%s has names as their owners write them: "%s"', (name, words) => expect(spelledOut(name)).toBe(words));

  it('finds no name inside of a word', () => {
    expect(spelledOut('pinnedShipping')).toBe('Pinned shipping');
  });
});
