import { chosenZone, machineZone } from './time-zone';

/** The zone that times are shown in and asked for. */
export function personsZone(): string {
  return chosenZone() ?? machineZone();
}

/** An ISO 8601 instant as `datetime-local` takes it: on the zone's clock, to the minute; the empty text for none. */
export function clockText(iso: string | undefined, zone = personsZone()): string {
  const at = iso === undefined ? Number.NaN : Date.parse(iso);
  return Number.isNaN(at) ? '' : new Date(at + offsetAt(at, zone)).toISOString().slice(0, 16);
}

/**
 * The instant when the zone's clock shows this, in ISO 8601; undefined for what is no time. An hour that the clock leaves
 * out counts as the one after it, and of one that it shows twice the first is meant.
 * @param text `yyyy-mm-ddThh:mm`, as `datetime-local` gives it
 */
export function instantOf(text: string, zone = personsZone()): string | undefined {
  const asUtc = Date.parse(`${text}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  // The offset holds at the instant, which is found by the offset: those before and after a change of the clock are tried.
  const day = 86_400_000;
  const [before, after] = [offsetAt(asUtc - day, zone), offsetAt(asUtc + day, zone)];
  const isBefore = offsetAt(asUtc - before, zone) === before;
  const isAfter = offsetAt(asUtc - after, zone) === after;
  return new Date(asUtc - (isBefore || !isAfter ? before : after)).toISOString();
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the zone's clock is ahead of UTC at an instant, in milliseconds. */
function offsetAt(at: number, zone: string): number {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - Math.floor(at / 1_000) * 1_000;
}
