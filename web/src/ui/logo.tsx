/** The mark of the product, in the page itself so that it needs no request; `public/icon.svg` is the same for tabs. */
export function Logo({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="7" fill="#1d5f8a" />
      <path d="M16 6 25.5 25h-4.2L16 13.9 10.7 25H6.5Z" fill="#fff" />
      <circle cx="16" cy="22.5" r="2.6" fill="#7cd0c4" />
    </svg>
  );
}
