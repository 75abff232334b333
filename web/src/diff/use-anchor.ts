import { useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';

/** The path behind `#` in the address, and how to set it without a new entry in the history. */
export function useAnchor(): [string | undefined, (path: string) => void] {
  const hash = useLocation({ select: (location) => location.hash });
  const navigate = useNavigate();
  const set = useCallback(
    (path: string) =>
      void navigate({
        to: '.',
        search: true,
        hash: path,
        hashScrollIntoView: false,
        resetScroll: false,
        replace: true,
      }),
    [navigate],
  );
  return [hash === '' ? undefined : decoded(hash), set];
}

/** An address may be written by hand; one that is no encoded text is taken as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
