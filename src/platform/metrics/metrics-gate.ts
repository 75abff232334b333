import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '../config/settings.js';

/** `closed`: there is no such page. `refused`: there is one, and the caller's token is not it. */
export type GateAnswer = 'open' | 'refused' | 'closed';

/** Decides who reads the metrics. They are for an operator's Prometheus and know no session. */
@Injectable()
export class MetricsGate {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /** @param authorization the request's header of that name */
  answer(authorization: string | undefined): GateAnswer {
    const { metrics } = this.settings.telemetry;
    switch (metrics.kind) {
      case 'nobody':
        return 'closed';
      case 'anyone':
        return 'open';
      case 'bearer':
        return isEqual(bearerOf(authorization), metrics.token) ? 'open' : 'refused';
    }
  }
}

function bearerOf(authorization = ''): string {
  return /^bearer +(.+?) *$/i.exec(authorization)?.[1] ?? '';
}

/** Takes as long for a near miss as for a far one; digests, because the comparison wants equal lengths. */
function isEqual(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
