/** Names and abbreviations as their owners write them; what is not here is written in small letters. */
const SPELLINGS: readonly string[] = [
  // Apple
  ...['Activation Lock', 'AirDrop', 'AirPlay', 'AirPrint', 'App Store', 'Apple', 'Apple ID', 'Face ID', 'FaceTime'],
  ...['FileVault', 'Game Center', 'Gatekeeper', 'iBooks', 'iCloud', 'iMessage', 'iOS', 'iPad', 'iPadOS', 'iPhone'],
  ...['iPod', 'iTunes', 'macOS', 'Safari', 'Siri', 'Touch ID'],
  // Microsoft
  ...['AppLocker', 'Autopilot', 'Azure AD', 'BitLocker', 'Company Portal', 'Configuration Manager', 'Cortana'],
  ...['Defender', 'Entra ID', 'Internet Explorer', 'Intune', 'Lync', 'Microsoft', 'Microsoft Edge', 'Office'],
  ...['OneDrive', 'OneNote', 'Outlook', 'PowerPoint', 'PowerShell', 'SharePoint', 'SmartScreen', 'Win32', 'Windows'],
  ...['Windows Hello', 'Windows Hello for Business', 'Windows Update', 'Xbox'],
  // Others
  ...['Android', 'Bluetooth', 'Google', 'JavaScript', 'Kerberos', 'Knox', 'Miracast', 'SafetyNet', 'Wi-Fi', 'YouTube'],
  // Abbreviations
  ...['AAD', 'AAGUID', 'AAGUIDs', 'ADMX', 'API', 'BIOS', 'CIDR', 'CPU', 'DNS', 'EAP', 'EULA', 'FIPS', 'GPS', 'GUID'],
  ...['HTML', 'HTTP', 'HTTPS', 'ID', 'IDs', 'IMEI', 'IP', 'IPsec', 'IPv4', 'IPv6', 'JSON', 'LDAP', 'MAC address'],
  ...['MAM', 'MDM', 'MFA', 'NFC', 'OEM', 'OMA', 'OMA-URI', 'OS', 'PC', 'PCs', 'PIN', 'PKCS', 'SAML', 'SCEP', 'SKU'],
  ...['SMB', 'SMS', 'SSID', 'SSL', 'SSO', 'TLS', 'TPM', 'UAC', 'UEFI', 'URI', 'URIs', 'URL', 'URLs', 'USB', 'UTC'],
  ...['VPN', 'VPP', 'XML'],
];

/** Spellings by how they read in small letters, once the name of a property is taken apart: `bit locker`, `bitlocker`. */
const KNOWN = new Map(
  SPELLINGS.flatMap((spelling) => {
    const whole = spelling.toLowerCase();
    const apart = spelling.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
    return [whole, apart, whole.replace('-', ' '), whole.replace('-', '')].map((form) => [form, spelling] as const);
  }),
);

/** The longest first: `apple id` before `apple`. */
const KNOWN_FORMS = new RegExp(`\\b(?:${[...KNOWN.keys()].sort((a, b) => b.length - a.length).join('|')})\\b`, 'gi');

/** `bitLockerEnabled` as "BitLocker enabled": the name of a property as words, with names in it as their owners write them. */
export function spelledOut(identifier: string): string {
  const words = identifier
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    // The plural of an abbreviation stays with it: `allowedAAGUIDs`.
    .replace(/([A-Z]+)([A-Z](?:[a-rt-z]|s[a-z]))/g, '$1 $2')
    .replace(/\b[A-Z][a-z]/g, (start) => start.toLowerCase())
    .replace(/\b(windows|on|as|check)(\d)/g, '$1 $2')
    .replace(/(\d) bit\b/g, '$1-bit');
  let startsWithName = false;
  const spelled = words.replace(KNOWN_FORMS, (form, at: number) => {
    startsWithName ||= at === 0;
    return KNOWN.get(form.toLowerCase()) ?? form;
  });
  // A name keeps its first letter as it is: iOS.
  return startsWithName ? spelled : spelled.charAt(0).toUpperCase() + spelled.slice(1);
}
