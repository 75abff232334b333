import { createTheme, type MantineColorsTuple } from '@mantine/core';

const atlas: MantineColorsTuple = [
  '#eaf5fb',
  '#d5e8f2',
  '#a8d0e5',
  '#78b7d8',
  '#52a2cd',
  '#3a95c6',
  '#2a85b6',
  '#1d6e9a',
  '#155c83',
  '#0a4566',
];

const dark: MantineColorsTuple = [
  '#dde2e8',
  '#c3cad3',
  '#a3acb7',
  '#747f8b',
  '#414951',
  '#363d45',
  '#272c32',
  '#1d2125',
  '#16191d',
  '#101215',
];

export const theme = createTheme({
  primaryColor: 'atlas',
  primaryShade: { light: 7, dark: 7 },
  colors: { atlas, dark },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.5rem', lineHeight: '1.3' }, h2: { fontSize: '1.05rem' } },
  },
  components: {
    // Options of a list that nobody opened are most of the work of showing a page with filters.
    Combobox: { defaultProps: { keepMounted: false } },
    Tooltip: {
      defaultProps: { multiline: true, maw: 320, withArrow: true, events: { hover: true, focus: true, touch: true } },
    },
    Modal: { defaultProps: { attributes: { header: { role: 'presentation' } } } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close notification' } } },
    Paper: { defaultProps: { withBorder: true } },
  },
});
