const WORDS: Readonly<Record<string, string>> = {
  android: 'Android',
  ios: 'iOS',
  linux: 'Linux',
  macos: 'macOS',
  windows: 'Windows',
};

/** A platform as people write it; one that is not known is shown as Microsoft Graph names it. */
export function platformWords(platform: string): string {
  return WORDS[platform.toLowerCase()] ?? platform;
}
