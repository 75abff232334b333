/** A file of an import, read only when its turn comes. */
export interface PolicyFile {
  /** `/` between its parts, without a leading one, never leading out of the import. */
  path: string;
  /** @throws FileFault */
  read(): Promise<Buffer>;
}

/** Why a file of an import was left out; stable, shown beside its sentence. */
export type FileFaultCode =
  | 'file.unsafe_path'
  | 'file.duplicate_path'
  | 'file.too_large'
  | 'file.too_many'
  | 'file.import_too_large'
  | 'file.encrypted'
  | 'file.unknown_compression'
  | 'file.damaged'
  | 'file.unreadable'
  | 'file.yaml'
  | 'file.not_text'
  | 'file.not_json'
  | 'file.too_deep'
  | 'file.not_a_policy'
  | 'file.unknown_type'
  | 'file.without_name'
  | 'file.settings_missing';

/** One file cannot be used; the rest of the import goes on. The message is a sentence for people, and no content. */
export class FileFault extends Error {
  constructor(
    readonly code: FileFaultCode,
    message: string,
  ) {
    super(message);
  }
}

export interface UnreadableFile {
  file: string;
  code: FileFaultCode;
  reason: string;
}

/** What a zip or a folder holds: the files that may be policies, those that cannot be read, and how many are neither. */
export interface PolicyFiles {
  files: PolicyFile[];
  unreadable: UnreadableFile[];
  ignored: number;
}

export interface ImportLimits {
  files: number;
  /** Of one file, inflated. */
  fileBytes: number;
  /** Of all files together, inflated. */
  totalBytes: number;
}

/**
 * Far above real exports and far below what hurts: the largest policy seen is 151 KB of content, a mobileconfig may have
 * 1 MB, and an enterprise tenant is about 2,400 objects. With the metadata that IntuneManagement writes, in UTF-16, such an
 * export has 100 KB a file; one file at a time is in memory.
 */
export const IMPORT_LIMITS: ImportLimits = {
  files: 10_000,
  fileBytes: 16 * 1024 * 1024,
  totalBytes: 512 * 1024 * 1024,
};

/** Of one import; a file may hold several. */
export const MOST_POLICIES = 10_000;

/** Characters of JSON of what is kept of all policies until they are compared: 6 KB is usual for one. */
export const MOST_CONTENT = 64 * 1024 * 1024;

export function unreadable(file: string, { code, message }: FileFault): UnreadableFile {
  return { file, code, reason: message };
}
