import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTypedText } from '../ui/use-typed-text';

/** What is searched for in a tree, and how to search for something else; in the address, so that a link shows what its sender saw. */
export function useFind(): [string, (text: string) => void] {
  const kept = useSearch({ strict: false, select: ({ find }) => find ?? '' });
  const navigate = useNavigate();
  return useTypedText(kept, (text) => {
    void navigate({
      to: '.',
      search: (before) => ({ ...before, find: text === '' ? undefined : text }),
      hash: true,
      replace: true,
      resetScroll: false,
    });
  });
}
