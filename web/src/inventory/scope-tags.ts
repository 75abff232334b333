/** The id of the scope tag that every tenant has; Intune calls it "Default". */
export const DEFAULT_SCOPE_TAG = '0';
