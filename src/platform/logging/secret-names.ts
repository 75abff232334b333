export const HIDDEN = '[hidden]';

/** Names under which secrets stand, as alternatives of a pattern that ignores case. */
export const NAMED =
  'password|passwd|pwd|secret|client_?secret|client_assertion|access_?token|refresh_?token|id_?token|api[-_]?key|' +
  'account_?key|shared_?access_?key|shared_?access_?signature|authorization|cookie|set-cookie|sessionid|sid';

/** Quotes and breaks around a value, escaped or not: never one half of an escape, or the JSON around it would break. */
export const QUOTES = `(?:\\\\*["']|\\\\+[nrt])*`;
