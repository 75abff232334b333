/** A piece of an OData expression: a quoted text without its quotes, a word (name, number, time, keyword), or a mark. */
export interface Token {
  kind: 'text' | 'word' | 'mark';
  text: string;
  /** Where it begins. */
  at: number;
}

const TOKEN = /\s*(?:'((?:[^']|'')*)'|([(),])|(:)(?!\d)|([^\s'(),:]+(?::\d[^\s'(),:]*)*))/y;

/** Cuts an expression; what is no token ends up as a mark of its own, which no rule takes. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; text.slice(at).trim() !== ''; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) return [...tokens, { kind: 'mark', text: text.slice(at), at }];
    const [, quoted, mark, colon, word] = match;
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replaceAll("''", "'"), at });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, at });
    else tokens.push({ kind: 'mark', text: mark ?? colon ?? '', at });
  }
  return tokens;
}
