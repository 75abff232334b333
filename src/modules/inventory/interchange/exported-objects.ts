import { isObject, type JsonObject } from '../policy/json.js';
import { FileFault } from './policy-file.js';

/** An object of a file; `context` is what the page around it says of its elements, where there is one. */
export interface ExportedObject {
  object: JsonObject;
  context: string | undefined;
}

/** Settings catalog policies nest about twenty levels deep. */
const DEEPEST = 100;

/** One object, a list of objects, or a page of Graph (`value`). @throws FileFault when there is none */
export function objectsOfText(text: string): ExportedObject[] {
  const objects = objectsIn(parsedJson(text));
  if (objects.length === 0) throw new FileFault('file.not_a_policy', 'It holds no object of Microsoft Graph.');
  return objects;
}

/**
 * The companion file that IntuneManagement writes beside administrative templates and intents: a bare list, or an object
 * of `settings` alone. @throws FileFault when it is neither
 */
export function settingsOfText(text: string): unknown[] {
  const parsed = parsedJson(text);
  const settings = isObject(parsed) ? parsed['settings'] : parsed;
  if (Array.isArray(settings)) return settings as unknown[];
  throw new FileFault('file.not_a_policy', 'It holds no settings of the policy beside it.');
}

function objectsIn(parsed: unknown): ExportedObject[] {
  if (Array.isArray(parsed)) return parsed.filter(isObject).map((object) => ({ object, context: undefined }));
  if (!isObject(parsed)) return [];
  const { value, '@odata.context': context } = parsed;
  const isPage = Array.isArray(value) && parsed['id'] === undefined && parsed['@odata.type'] === undefined;
  if (!isPage) return [{ object: parsed, context: undefined }];
  const ofPage = typeof context === 'string' ? context : undefined;
  return value.filter(isObject).map((object) => ({ object, context: ofPage }));
}

function parsedJson(text: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new FileFault('file.not_json', `It is no JSON${placeOf(error, text)}.`);
  }
  if (isDeeper(parsed, DEEPEST)) throw new FileFault('file.too_deep', `It is nested deeper than ${DEEPEST} levels.`);
  return parsed;
}

/** The parser's own message may quote the file, and with it a secret; the line where it stopped says enough. */
function placeOf(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : '';
  if (message.startsWith('Unexpected end')) return ': it ends too early';
  const position = /at position (\d+)/.exec(message)?.[1];
  return position === undefined ? '' : `: see line ${text.slice(0, Number(position)).split('\n').length}`;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((member) => isDeeper(member, levels - 1));
}
