import { rm } from 'node:fs/promises';

/** Stops the embedded server that the set-up started; one of `TEST_DATABASE_URL` is left running. */
export default async function globalTeardown() {
  const started = globalThis.tenantAtlasTestServer;
  if (!started) return;
  delete globalThis.tenantAtlasTestServer;
  delete process.env.TENANTATLAS_TEST_SERVER;
  await started.server.stop();
  await rm(started.directory, { recursive: true, force: true });
}
