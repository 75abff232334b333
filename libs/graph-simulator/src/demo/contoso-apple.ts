import { catalog, type CatalogDraft } from './draft-builders.js';
import type { PolicyDraft, Target } from './policy-draft.js';
import { choice, groups, integer } from './setting-instances.js';

const MAC: Target[] = [{ to: 'group', group: 'Intune - macOS - All corporate' }];
const APPLE = 'mdm,appleRemoteManagement';

const DRAFTS: readonly CatalogDraft[] = [
  {
    name: 'CON - macOS - FileVault',
    platforms: 'macOS',
    technologies: APPLE,
    targets: MAC,
    settings: [
      groups('com.apple.mcx.filevault2_com.apple.mcx.filevault2', [
        [
          choice('com.apple.mcx.filevault2_enable', 0),
          choice('com.apple.mcx.filevault2_defer', 'true'),
          integer('com.apple.mcx.filevault2_deferforceatuserloginmaxbypassattempts', 3),
          choice('com.apple.mcx.filevault2_showrecoverykey', 'false'),
        ],
      ]),
    ],
  },
  {
    name: 'CON - macOS - Firewall / Gatekeeper',
    platforms: 'macOS',
    technologies: APPLE,
    targets: MAC,
    settings: [
      groups('com.apple.security.firewall_com.apple.security.firewall', [
        [
          choice('com.apple.security.firewall_enablefirewall', 'true'),
          choice('com.apple.security.firewall_enablestealthmode', 'true'),
        ],
      ]),
      groups('com.apple.systempolicy.control_com.apple.systempolicy.control', [
        [
          choice('com.apple.systempolicy.control_allowidentifieddevelopers', 'true'),
          choice('com.apple.systempolicy.control_enableassessment', 'true'),
        ],
      ]),
    ],
  },
  {
    name: 'CON - iOS - Restrictions (supervised)',
    platforms: 'iOS',
    technologies: APPLE,
    targets: [{ to: 'group', group: 'Intune - iOS - Supervised' }],
    settings: [
      groups('com.apple.applicationaccess_com.apple.applicationaccess', [
        [
          choice('com.apple.applicationaccess_allowairdrop', 'false'),
          choice('com.apple.applicationaccess_allowerasecontentandsettings', 'false'),
          choice('com.apple.applicationaccess_forceencryptedbackup', 'true'),
        ],
      ]),
    ],
  },
];

/** Contoso's settings catalog for Apple devices. */
export const CONTOSO_APPLE: readonly PolicyDraft[] = DRAFTS.map(catalog);
