/** Loaded before a child's own script: when the parent is gone, even killed, the child stops too. */
const GRACE_MS = 15_000;

process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), GRACE_MS).unref();
});
process.channel?.unref(); // listening alone must not keep a finished script alive
