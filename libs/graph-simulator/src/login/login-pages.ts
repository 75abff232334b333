import type { Reply } from '../http/reply.js';
import type { DirectoryObject } from '../directory/directory-store.js';
import { textOf } from '../store/graph-body.js';
import { loginHeaders } from './entra-errors.js';

/** A page to choose who signs in; the choice comes back to the same address with the same parameters. */
export function signInPage(appName: string, users: readonly DirectoryObject[], parameters: URLSearchParams): Reply {
  const kept = [...parameters].filter(([name]) => !['sim_user', 'sim_cancel', 'login_hint', 'prompt'].includes(name));
  const hidden = kept.map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`);
  const choices = users.map(({ body }) => {
    const name = textOf(body, 'userPrincipalName') ?? '';
    return `<p><button name="sim_user" value="${escaped(name)}">${escaped(textOf(body, 'displayName') ?? name)} (${escaped(name)})</button></p>`;
  });
  return page(
    'Pick an account',
    `<p>to continue to ${escaped(appName)}</p><form method="get">${hidden.join('')}${choices.join('')}` +
      '<p><button name="sim_cancel" value="1">Cancel</button></p></form>',
  );
}

/** What a person sees when there is no address to send the refusal to. */
export function errorPage(text: string, status = 400): Reply {
  return page('Sign in', `<h2>Sorry, but we're having trouble signing you in.</h2><p>${escaped(text)}</p>`, status);
}

/** `response_mode=form_post`: the answer goes to the app by a form that sends itself. */
export function formPost(redirectUri: string, answer: URLSearchParams): Reply {
  const fields = [...answer].map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  const form = `<form method="post" action="${escaped(redirectUri)}">${fields.join('')}<noscript><button>Continue</button></noscript></form>`;
  return page('Working...', `${form}<script>document.forms[0].submit();</script>`);
}

export function redirect(location: string): Reply {
  return { status: 302, headers: { ...loginHeaders(''), Location: location }, text: '' };
}

function page(title: string, body: string, status = 200): Reply {
  return {
    status,
    headers: { ...loginHeaders(''), 'Content-Type': 'text/html; charset=utf-8' },
    text: `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1>${body}</body></html>`,
  };
}

function escaped(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replaceAll(/[&<>"']/g, (character) => names[character] ?? character);
}
