import { describe, expect, it } from '@jest/globals';
import type { RunItemDto, RunItemPageDto } from './operations.dto.js';
import { itemsAsCsv } from './run-items-csv.js';

async function written(...pages: RunItemDto[][]): Promise<string> {
  const read = (cursor: string | undefined): Promise<RunItemPageDto> => {
    const at = Number(cursor ?? 0);
    return Promise.resolve({ items: pages[at] ?? [], nextCursor: at + 1 < pages.length ? String(at + 1) : null });
  };
  let text = '';
  for await (const part of itemsAsCsv(read)) text += part;
  return text;
}

const HEAD = '\uFEFFResult,Kind,Item,Name,Reason code,Reason\r\n';

describe('items as CSV', () => {
  it('is its head alone for a run without items', async () => {
    expect(await written([])).toBe(HEAD);
  });

  it('has one line for each item of every page', async () => {
    const text = await written(
      [{ itemId: '7', kind: 'policy', result: 'success', name: 'Baseline' }],
      [{ itemId: '8', kind: 'policy', result: 'failed', reasonCode: 'graph.throttled', reason: 'Asked to slow down.' }],
    );
    expect(text).toBe(`${HEAD}success,policy,7,Baseline,,\r\nfailed,policy,8,,graph.throttled,Asked to slow down.\r\n`);
  });

  it('quotes what would break a line, and takes the power from formulas', async () => {
    const text = await written([
      { itemId: '=1+2', kind: 'policy', result: 'success', name: 'A, "B"\nC' },
      { itemId: '@x', kind: 'policy', result: 'success', name: '=HYPERLINK("http://x","y")' },
    ]);
    expect(text).toBe(
      `${HEAD}success,policy,'=1+2,"A, ""B""\nC",,\r\n` + `success,policy,'@x,"'=HYPERLINK(""http://x"",""y"")",,\r\n`,
    );
  });
});
