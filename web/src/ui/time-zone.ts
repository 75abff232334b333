const KEPT_AS = 'tenantatlas.time-zone';

let machines: string | undefined;

/** The zone of the person's machine. Asked for when it is needed: a browser's first formatter takes longer than most scripts. */
export function machineZone(): string {
  machines ??= new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return machines;
}

/** The IANA zone that times are shown in; undefined for the machine's. */
let chosen = read();

export function chosenZone(): string | undefined {
  return chosen;
}

/** Keeps the zone in this browser; undefined for the machine's own. */
export function chooseZone(zone: string | undefined): void {
  chosen = zone;
  try {
    if (zone === undefined) localStorage.removeItem(KEPT_AS);
    else localStorage.setItem(KEPT_AS, zone);
  } catch {
    // A browser that keeps nothing shows times in the chosen zone until the page is left.
  }
}

/** Every zone that this browser knows, UTC among them. */
export function allZones(): string[] {
  const zones = Intl.supportedValuesOf('timeZone');
  return zones.includes('UTC') ? zones : ['UTC', ...zones];
}

function read(): string | undefined {
  try {
    const zone = localStorage.getItem(KEPT_AS) ?? undefined;
    if (zone !== undefined) new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return undefined;
  }
}
