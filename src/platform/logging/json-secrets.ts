import { HIDDEN, NAMED, QUOTES } from './secret-names.js';

/** The key of a secret with its colon; the first group is what escapes the quote that ends it. */
const KEY = `\\b(?:${NAMED})${QUOTES}?(\\\\*)"\\s*:\\s*`;

/**
 * Hides what JSON holds under the name of a secret, whatever kind of value that is and however often the JSON was
 * written as a text within JSON. What was JSON stays JSON: a text takes the place of the whole value. Values that say
 * there is nothing (`null`, an empty text) stay. One pass: what was read as a value is not looked at again.
 */
export function hideJsonSecrets(line: string): string {
  const key = new RegExp(KEY, 'gi');
  let shown = '';
  let from = 0;
  for (let found = key.exec(line); found !== null; found = key.exec(line)) {
    const start = key.lastIndex;
    const nesting = nestingOf(found[1]?.length ?? 0);
    const quote = `${'\\'.repeat(escapesOf(nesting))}"`;
    const end = endOfValue(line, start, nesting);
    const value = line.slice(start, end);
    if (value === '' || value === 'null' || value === quote + quote) continue;
    shown += `${line.slice(from, start)}${quote}${HIDDEN}${quote}`;
    from = end;
    key.lastIndex = end;
  }
  return shown + line.slice(from);
}

/** Where the value that begins at `start` ends; at the latest where the text ends that holds its JSON. */
function endOfValue(line: string, start: number, nesting: number): number {
  const plain = /[^\s"'\\{}[\],]*/y;
  plain.lastIndex = start;
  plain.exec(line);
  return plain.lastIndex > start ? plain.lastIndex : endOfTextOrTree(line, start, nesting);
}

function endOfTextOrTree(line: string, start: number, nesting: number): number {
  const token = /\\+|["{}[\]]/g;
  token.lastIndex = start;
  let open = 0;
  let inText = false;
  let backslashes = { end: start, count: 0 };
  for (let found = token.exec(line); found !== null; found = token.exec(line)) {
    const [mark] = found;
    if (mark.startsWith('\\')) {
      backslashes = { end: token.lastIndex, count: mark.length };
      continue;
    }
    if (mark === '"') {
      const level = nestingOf(backslashes.end === found.index ? backslashes.count : 0);
      if (level < nesting) return found.index - escapesOf(level);
      if (level === nesting) inText = !inText;
    } else if (!inText) {
      open += mark === '{' || mark === '[' ? 1 : -1;
    }
    if (open <= 0 && !inText) return open < 0 ? found.index : token.lastIndex;
  }
  return line.length;
}

/**
 * How many texts of JSON lie around a quote after so many backslashes: each writes a quote as `\"` and a backslash as
 * `\\`, so that a quote that ends or begins a text has 0, 1, 3, 7… of them, and pairs, fours, … before these are content.
 */
function nestingOf(backslashes: number): number {
  let nesting = 0;
  for (let rest = backslashes; rest % 2 === 1; rest = (rest - 1) / 2) nesting += 1;
  return nesting;
}

function escapesOf(nesting: number): number {
  return 2 ** nesting - 1;
}
