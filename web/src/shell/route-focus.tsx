import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';

/** After a menu or dialog that led to the page has given the focus back. */
const AFTER_MENUS_MS = 60;

/** Moves the focus into a new page and says its title, as a browser does when it loads one. */
export function RouteFocus() {
  const path = useLocation({ select: ({ pathname }) => pathname });
  const before = useRef(path);
  const [title, setTitle] = useState('');

  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    const timer = setTimeout(() => {
      const main = document.getElementById('main');
      if (main?.contains(document.activeElement) === false) main.focus({ preventScroll: true });
    }, AFTER_MENUS_MS);
    // Pages name themselves when they are there, which may take a moment.
    const named = new MutationObserver(() => setTitle(document.title));
    const head = document.querySelector('title');
    if (head !== null) named.observe(head, { childList: true });
    return () => {
      clearTimeout(timer);
      named.disconnect();
    };
  }, [path]);

  return (
    <span className="visually-hidden" role="status">
      {title}
    </span>
  );
}
