import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** A teal that keeps AA contrast as text, as an outline and under white text; the last but one is what hovering shows. */
const ACCENT: MantineColorsTuple = [
  '#e3fafc', '#c5f6fa', '#99e9f2', '#66d9e8', '#3bc9db', '#22b8cf', '#15aabf', '#1098ad', '#095c6b', '#0b7285',
];

/** Mantine's own yellow and green are too pale for text in the light theme. */
const WARN: MantineColorsTuple = [
  '#fff4e6', '#ffe8cc', '#ffd8a8', '#ffc078', '#ffb25c', '#ffc078', '#d97706', '#b45309', '#9a5200', '#8a4b00',
];
const GOOD: MantineColorsTuple = [
  '#ebfbee', '#d3f9d8', '#b2f2bb', '#8ce99a', '#69db7c', '#69db7c', '#40c057', '#2f9e44', '#237a3b', '#1b6e37',
];

export const theme = createTheme({
  colors: { accent: ACCENT, warn: WARN, good: GOOD },
  primaryColor: 'accent',
  // Mantine's default shades fail AA as text on white and under white text
  primaryShade: 9,
  autoContrast: true,
  luminanceThreshold: 0.35,
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Badge: { defaultProps: { variant: 'outline', radius: 'sm' } },
    Tooltip: { defaultProps: { withArrow: true, events: { hover: true, focus: true, touch: true } } },
    Modal: { defaultProps: { centered: true, size: 'lg', transitionProps: { duration: 0 } } },
    Anchor: { defaultProps: { underline: 'always', inherit: true } },
  },
});

/** Colours by what they mean; the stylesheet and the charts use nothing else. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#495057',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-placeholder': '#5c636a',
    '--surface-page': '#f8f9fa',
    '--surface-card': '#ffffff',
    '--surface-code': '#f6f8fa',
    '--line': '#dee2e6',
    '--control-line': '#868e96',
    '--good': '#1b6e37',
    '--warn': '#8a4b00',
    '--bad': '#c92a2a',
    '--calm': '#495057',
    '--paper-back': '#e7f5ff',
    '--paper-text': '#0b4f8a',
    '--live-back': '#c92a2a',
    '--live-text': '#ffffff',
    '--past-back': '#fff3bf',
    '--past-text': '#5c3c00',
  },
  dark: {
    '--mantine-color-dimmed': '#c1c8cf',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-placeholder': '#adb5bd',
    '--mantine-color-body': '#1f2328',
    '--mantine-color-default': '#272c32',
    '--mantine-color-default-hover': '#2f353c',
    '--mantine-color-default-border': '#4b535c',
    '--surface-page': '#16191d',
    '--surface-card': '#1f2328',
    '--surface-code': '#191c20',
    '--line': '#3a4048',
    '--control-line': '#7a838c',
    '--good': '#69db7c',
    '--warn': '#ffc078',
    '--bad': '#ff8787',
    '--calm': '#c1c8cf',
    '--paper-back': '#10304a',
    '--paper-text': '#a5d8ff',
    '--live-back': '#ff8787',
    '--live-text': '#1a0505',
    '--past-back': '#4a3a00',
    '--past-text': '#ffe066',
  },
});
