/** On every moment of a page; the frame's `TimeTip` looks for it. */
export const TIME_CLASS = 'time';
