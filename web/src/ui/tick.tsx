interface TickProps {
  /** What it is called by; it stands without words. */
  label: string;
  checked: boolean;
  /** Whether some of what it stands for is ticked, and not all. */
  isPartly?: boolean;
  disabled?: boolean;
  onChange: () => void;
}

/** A box to tick, one of many in a list: the browser's own, because a list shows a hundred of them. */
export function Tick({ label, checked, isPartly = false, disabled = false, onChange }: TickProps) {
  const setPartly = (box: HTMLInputElement | null): void => {
    if (box !== null) box.indeterminate = isPartly;
  };
  return (
    <input
      ref={setPartly}
      type="checkbox"
      className="tick"
      aria-label={label}
      checked={checked}
      disabled={disabled}
      onChange={onChange}
    />
  );
}
