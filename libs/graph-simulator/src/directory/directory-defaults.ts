import type { GraphBody } from '../store/graph-body.js';

/** What Graph shows of a security group for which nothing else was set. */
export const GROUP_DEFAULTS: GraphBody = {
  deletedDateTime: null,
  classification: null,
  description: null,
  groupTypes: [],
  isAssignableToRole: null,
  mail: null,
  mailEnabled: false,
  mailNickname: null,
  membershipRule: null,
  membershipRuleProcessingState: null,
  onPremisesLastSyncDateTime: null,
  onPremisesSyncEnabled: null,
  proxyAddresses: [],
  securityEnabled: true,
  visibility: null,
};

/** What Graph knows of a user for whom nothing else was set. */
export const USER_DEFAULTS: GraphBody = {
  accountEnabled: true,
  businessPhones: [],
  department: null,
  givenName: null,
  jobTitle: null,
  mail: null,
  mobilePhone: null,
  officeLocation: null,
  onPremisesSyncEnabled: null,
  preferredLanguage: null,
  surname: null,
  userType: 'Member',
};
