const WORDS: Readonly<Record<string, string>> = {
  android: 'Android',
  androidenterprise: 'Android Enterprise',
  aosp: 'Android (AOSP)',
  ios: 'iOS',
  linux: 'Linux',
  macos: 'macOS',
  none: 'No platform',
  windows: 'Windows',
};

/** Platforms as people write them, several separated by commas; one that is not known stays as Microsoft Graph names it. */
export function platformWords(platforms: string): string {
  return platforms
    .split(',')
    .map((platform) => WORDS[platform.trim().toLowerCase()] ?? platform.trim())
    .join(', ');
}
