import { useRouter } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, MouseEvent, Ref } from 'react';

interface AppLinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  href: string;
  ref?: Ref<HTMLAnchorElement>;
}

/** A link to an address of this application that is only known as text; opens without loading the page anew. */
export function AppLink({ href, onClick, ref, ...rest }: AppLinkProps) {
  const router = useRouter();
  const handle = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !plain) return;
    event.preventDefault();
    router.history.push(href);
  };
  return <a {...rest} ref={ref} href={href} onClick={handle} />;
}
