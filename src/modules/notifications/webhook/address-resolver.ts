import { lookup } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';

export interface ResolvedAddress {
  address: string;
  family: 4 | 6;
}

/** Turns a host name into addresses. Tests answer it themselves. */
export abstract class AddressResolver {
  /** Every address of the name, in the order of preference. Rejects or answers none when there is no such name. */
  abstract resolve(host: string): Promise<ResolvedAddress[]>;
}

/** The system's resolver, so that names mean the same here as to every other program of the machine. */
@Injectable()
export class SystemResolver extends AddressResolver {
  async resolve(host: string): Promise<ResolvedAddress[]> {
    const found = await lookup(host, { all: true });
    return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
  }
}
