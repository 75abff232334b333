/** What admins call an area of the Policy CSP or an Apple payload, where it is not the area's own name. */
const LABELS: Readonly<Record<string, string>> = {
  applicationmanagement: 'Apps',
  credentialproviders: 'Sign-in',
  credentialsui: 'Credential UI',
  deliveryoptimization: 'Delivery Optimization',
  deviceguard: 'Credential Guard',
  deviceinstallation: 'Device installation',
  devicelock: 'Device lock',
  errorreporting: 'Error reporting',
  lanmanworkstation: 'SMB client',
  localpoliciessecurityoptions: 'Security options',
  localsecurityauthority: 'LSA',
  mssecurityguide: 'Security guide',
  msslegacy: 'MSS legacy',
  networkisolation: 'Network isolation',
  newsandinterests: 'Widgets',
  remoteassistance: 'Remote assistance',
  remotedesktopservices: 'RDP',
  remotemanagement: 'WinRM',
  remoteprocedurecall: 'RPC',
  start: 'Start menu',
  systemservices: 'Services',
  textinput: 'Text input',
  timelanguagesettings: 'Time & language',
  update: 'Windows Update',
  userrights: 'User rights',
  virtualizationbasedtechnology: 'VBS',
  windowsdefendersecuritycenter: 'Security Center',
  windowsinkworkspace: 'Ink',
  windowslogon: 'Logon',
  windowspowershell: 'PowerShell',
  wirelessdisplay: 'Miracast',
  'com.apple.applicationaccess': 'Restrictions',
  'com.apple.dock': 'Dock',
  'com.apple.loginwindow': 'Login window',
  'com.apple.mcx.filevault2': 'FileVault',
  'com.apple.mobiledevice.passwordpolicy': 'Passcode',
  'com.apple.screensaver': 'Screen saver',
  'com.apple.security.firewall': 'Firewall',
  'com.apple.softwareupdate': 'Software update',
  'com.apple.systempolicy.control': 'Gatekeeper',
};

/** The area as it stands in policy names. */
export function labelOf(area: string): string {
  if (area.includes('microsoft_edge')) return 'Edge';
  if (area.includes('googlechrome')) return 'Chrome';
  return LABELS[area] ?? area.charAt(0).toUpperCase() + area.slice(1);
}
