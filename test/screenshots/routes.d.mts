/** Ids for the placeholders of routes, and what to search for on a route. */
export type PageIds = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

export interface UiPage {
  name: string;
  path: string;
  /** Outside of a tenant. */
  isOpen: boolean;
}

export function pagesOf(ids: PageIds): Promise<UiPage[]>;
