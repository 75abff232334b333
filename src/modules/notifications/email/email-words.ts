import { runUrl, type ChannelMessage, type CompletedRun } from '../delivery/message.js';
import { endWords } from '../notification-words.js';

export interface EmailWords {
  subject: string;
  text: string;
  html: string;
}

const LONGEST_SUBJECT = 200;

/** A message in the notes' own words, as text and as plain HTML, with "View run". */
export function emailWords(message: ChannelMessage, publicUrl: string): EmailWords {
  const { run, tenantId } = message;
  const title = run === undefined ? `Test of the channel “${message.channelName}”` : wordsOf(run).title;
  const lines = run === undefined ? TEST_LINES : runLines(run);
  const link = run === undefined ? undefined : runUrl(publicUrl, tenantId, run.id);
  const footer = `${message.tenantName} · sent by the TenantAtlas channel “${message.channelName}”.`;
  return {
    subject: oneLine(`${title} · ${message.tenantName}`).slice(0, LONGEST_SUBJECT),
    text: [title, ...lines, ...(link === undefined ? [] : [`View run: ${link}`]), footer].map(oneLine).join('\n\n'),
    html: [
      `<p><strong>${escaped(title)}</strong></p>`,
      ...lines.map((line) => `<p>${escaped(line)}</p>`),
      ...(link === undefined ? [] : [`<p><a href="${escaped(link)}">View run</a></p>`]),
      `<p><small>${escaped(footer)}</small></p>`,
    ].join('\n'),
  };
}

const TEST_LINES = ['When a run of this tenant ends, this channel is told like this.'];

function runLines(run: CompletedRun): string[] {
  const { body } = wordsOf(run);
  const who = `Started by ${run.initiatorName}, completed ${run.completedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC.`;
  return body === '' ? [who] : [body, who];
}

function wordsOf(run: CompletedRun): { title: string; body: string } {
  return endWords({ ...run, counts: run.summaryCounts, failure: run.failureSummary[0]?.message ?? null });
}

/** Names are people's: a line break in one must not become a line, least of all one of the header. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return oneLine(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
