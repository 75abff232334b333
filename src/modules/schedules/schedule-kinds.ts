import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { may, type Role } from '#libs/access-model/src/permissions.js';
import { PREPARES, type RunPreparation } from '#libs/run-kit/src/run-preparation.js';
import type { Json, RunType, ScheduleSpec } from '#libs/run-kit/src/run-type.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../platform/errors/domain-error.js';
import { fieldFaults } from '../../platform/http/validation.js';
import { RunRegistry } from '../operations/registry/run-registry.js';
import type { ScheduleKindView } from './schedule.js';
import { BadSchedulePayload, KindNotSchedulable } from './schedules.errors.js';

type SchedulableType = RunType<object> & { readonly schedule: ScheduleSpec };
type Preparation = RunPreparation<object, object, TenantScope>;

/** What a schedule keeps to start with. */
export type SchedulePayload = Readonly<Record<string, Json>>;

/** The run types that declare a schedule, and how the payload of a tick is made. */
@Injectable()
export class ScheduleKinds implements OnModuleInit, OnApplicationBootstrap {
  private readonly preparations = new Map<string, Preparation>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly registry: RunRegistry,
  ) {}

  /** Collects the preparations; throws, and so stops the boot, when a kind has two. */
  onModuleInit(): void {
    for (const wrapper of this.discovery.getProviders()) {
      const target: unknown = wrapper.metatype;
      if (typeof target !== 'function') continue;
      const type = Reflect.getMetadata(PREPARES, target) as RunType<object> | undefined;
      if (!type) continue;
      if (!type.schedule) throw new Error(`${target.name} prepares "${type.kind}", which declares no schedule.`);
      if (this.preparations.has(type.kind)) {
        throw new Error(`Run type "${type.kind}" has two preparations; the second is ${target.name}.`);
      }
      this.preparations.set(type.kind, wrapper.instance as Preparation);
    }
  }

  /** Throws, and so stops the boot, when a schedule's request could not become a payload. */
  onApplicationBootstrap(): void {
    for (const type of this.types()) {
      if (type.schedule.request !== type.payload && !this.preparations.has(type.kind)) {
        throw new Error(`Run type "${type.kind}" has a schedule with a request of its own, and no preparation.`);
      }
    }
  }

  /** What `role` may put on a schedule, by kind. */
  list(role: Role): ScheduleKindView[] {
    return this.types()
      .filter((type) => may(role, type.access))
      .map(({ kind, label }) => ({ kind, label: label.noun }));
  }

  /** The type for people; a kind that this version does not know is named by itself. */
  describe(kind: string): { label: string; reasons: Readonly<Record<string, string>> } {
    const type = this.registry.find(kind)?.type;
    return { label: type?.label.noun ?? kind, reasons: type?.reasons ?? {} };
  }

  /**
   * Refuses what must not be kept: a kind that cannot be scheduled, one that `role` may not start by hand either, or a
   * payload that no tick could work.
   * @throws KindNotSchedulable, AccessDenied, BadSchedulePayload, and what the kind's own check refuses with
   */
  async check(scope: TenantScope, role: Role, kind: string, payload: SchedulePayload): Promise<void> {
    const type = this.require(kind);
    if (!may(role, type.access)) throw new AccessDenied();
    const request = requestOf(type, payload);
    await this.preparations.get(type.kind)?.check?.(scope, request);
  }

  /**
   * What one tick starts.
   * @throws KindNotSchedulable, BadSchedulePayload, and what the kind's preparation refuses this tick with
   */
  async prepare(
    scope: TenantScope,
    kind: string,
    payload: SchedulePayload,
  ): Promise<{ type: RunType<object>; payload: object }> {
    const type = this.require(kind);
    const request = requestOf(type, payload);
    const preparation = this.preparations.get(type.kind);
    return { type, payload: preparation ? await preparation.prepare(scope, request) : request };
  }

  private require(kind: string): SchedulableType {
    const type = this.registry.find(kind)?.type;
    if (!type || !isSchedulable(type)) throw new KindNotSchedulable();
    return type;
  }

  private types(): SchedulableType[] {
    return this.registry
      .all()
      .map(({ type }) => type)
      .filter(isSchedulable);
  }
}

function isSchedulable(type: RunType<object>): type is SchedulableType {
  return type.schedule !== undefined;
}

function requestOf(type: SchedulableType, payload: SchedulePayload): object {
  const request = plainToInstance(type.schedule.request, structuredClone(payload));
  const faults = validateSync(request, { whitelist: true, forbidNonWhitelisted: true });
  if (faults.length > 0) throw new BadSchedulePayload(faults.flatMap((fault) => fieldFaults(fault, 'payload')));
  return request;
}
