import { badRequest, type RequestTrace } from './graph-errors.js';

export type FilterToken =
  | { kind: 'name'; text: string }
  | { kind: 'text'; value: string }
  /** A number, a time or a bare GUID. */
  | { kind: 'bare'; text: string }
  | { kind: 'mark'; text: '(' | ')' | ',' };

const TOKEN =
  /\s+|(?<mark>[(),])|'(?<text>(?:[^']|'')*)'|(?<name>[A-Za-z_]\w*(?:\.\w+)*(?:\/[A-Za-z_]\w*(?:\.\w+)*)*(?![\w-]))|(?<bare>-?[0-9a-fA-F][\w:.+-]*)/y;

/** Cuts `$filter` into tokens. Throws a 400 refusal at a character that starts none. */
export function filterTokens(text: string, trace: RequestTrace): FilterToken[] {
  const tokens: FilterToken[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    const groups = TOKEN.exec(text)?.groups;
    if (groups === undefined)
      throw badRequest(
        trace,
        `Syntax error: character '${text.charAt(at)}' is not valid at position ${at} in '${text}'.`,
      );
    const { mark, text: quoted, name, bare } = groups;
    if (mark !== undefined) tokens.push({ kind: 'mark', text: mark as '(' | ')' | ',' });
    else if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted.replaceAll("''", "'") });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (bare !== undefined) tokens.push({ kind: 'bare', text: bare });
  }
  return tokens;
}
