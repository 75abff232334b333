import type { RunListFilters } from '../../api/run-list';
import { bucketFilters, isBucket, type RunBucket } from '../../runs/run-bucket';
import { listOf } from '../../search-params';
import { windowFilter, type WindowPreset } from './time-window';

export const PAGE_SIZES = ['25', '50', '100'] as const;
const USUAL_SIZE = '50';

/** What the address says of the list; every part of its state is there. */
export interface RunSearch {
  bucket?: string | undefined;
  type?: string | undefined;
  initiator?: string | undefined;
  window?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  q?: string | undefined;
  limit?: string | undefined;
  cursor?: string | undefined;
}

/**
 * What is shown for an address. One that names no filter takes the time window of the last visit; one that names any, such as a
 * link that somebody shared, is taken as it is.
 */
export function shownSearch(given: RunSearch, remembered: WindowPreset | undefined): RunSearch {
  return isBare(given) && remembered !== undefined ? { window: remembered } : given;
}

export function isBare(given: RunSearch): boolean {
  return Object.values(given).every((value) => value === undefined);
}

export function bucketsOf({ bucket }: RunSearch): RunBucket[] {
  return listOf(bucket).filter(isBucket);
}

export function sizeOf({ limit }: RunSearch): string {
  return PAGE_SIZES.find((each) => each === limit) ?? USUAL_SIZE;
}

/** What the API is asked for. */
export function filtersOf(search: RunSearch): RunListFilters {
  const { type, initiator, q, cursor } = search;
  return {
    ...bucketFilters(bucketsOf(search)),
    type,
    initiator,
    q,
    ...windowFilter(search),
    limit: Number(sizeOf(search)),
    cursor,
  };
}
