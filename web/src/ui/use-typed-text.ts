import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

const PAUSE_MS = 300;

/**
 * A text that a person types and that is kept somewhere else, in the address for one. It is kept when the person pauses;
 * when it changes there by itself, by the back button for one, the text follows. What is typed while it is being kept stays,
 * unless that takes longer than a pause.
 * @param kept without spaces around it
 */
export function useTypedText(kept: string, keep: (text: string) => void): [string, (text: string) => void] {
  const [text, setText] = useState(kept);
  const [known, setKnown] = useState(kept);
  const [sent, setSent] = useState(kept);
  if (kept !== known) {
    setKnown(kept);
    if (kept !== sent) {
      setSent(kept);
      setText(kept);
    }
  }
  const send = useDebouncedCallback((typed: string) => {
    // Replaced meanwhile by what is kept, or typed back to it: nothing is to be kept any more.
    if (typed !== text.trim() || typed === sent) return;
    setSent(typed);
    keep(typed);
  }, PAUSE_MS);
  return [
    text,
    (next) => {
      setText(next);
      send(next.trim());
    },
  ];
}
