import { createStore } from '../../ui/store';

const KEY = 'tenantatlas.widget';
const KEPT_DISMISSALS = 50;

/** What this browser remembers of the widget. */
export interface WidgetMemory {
  /** Undefined until somebody chose: then it depends on how wide the window is. */
  collapsed?: boolean;
  everybody: boolean;
  dismissed: readonly string[];
}

export const widgetMemory = createStore<WidgetMemory>(read());

export function remember(change: Partial<WidgetMemory>): void {
  const memory = { ...widgetMemory.current(), ...change };
  widgetMemory.set(memory);
  try {
    localStorage.setItem(KEY, JSON.stringify(memory));
  } catch {
    // Private windows may refuse to store.
  }
}

export function dismissRun(runId: string): void {
  remember({ dismissed: [runId, ...widgetMemory.current().dismissed].slice(0, KEPT_DISMISSALS) });
}

function read(): WidgetMemory {
  const none: WidgetMemory = { everybody: false, dismissed: [] };
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return none;
    const { collapsed, everybody, dismissed } = stored as Record<string, unknown>;
    return {
      ...(typeof collapsed === 'boolean' ? { collapsed } : {}),
      everybody: everybody === true,
      dismissed: Array.isArray(dismissed) ? dismissed.filter((id): id is string => typeof id === 'string') : [],
    };
  } catch {
    return none;
  }
}
