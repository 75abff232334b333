/** Counts what passed, failed and was skipped, and says so as it goes. */
export class Checks {
  passed = 0;
  failed = 0;
  skipped = 0;

  check(name, ok, detail = '') {
    if (ok) this.passed += 1;
    else this.failed += 1;
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}${ok || detail === '' ? '' : ` (${detail})`}`);
  }

  skip(words) {
    this.skipped += 1;
    console.log(`skip ${words}`);
  }

  /** Adds the last `N passed, M failed` of a script's output; a script that ended without one has failed. */
  add(output) {
    const last = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
    if (last === undefined) {
      this.check('the acceptance script comes to its end', false);
      return;
    }
    this.passed += Number(last[1]);
    this.failed += Number(last[2]);
  }

  totals() {
    return { passed: this.passed, failed: this.failed, skipped: this.skipped };
  }

  sentence() {
    return `${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`;
  }
}
