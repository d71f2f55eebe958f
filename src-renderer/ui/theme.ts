import {
  ActionIcon,
  Alert,
  Badge,
  Button,
  createTheme,
  Modal,
  PasswordInput,
  Popover,
  Select,
  Table,
  Tabs,
  Textarea,
  TextInput,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  Notification,
} from '@mantine/core'

const ink: MantineColorsTuple = [
  '#eef3fb',
  '#dde7f6',
  '#bacdec',
  '#93b0e0',
  '#7199d6',
  '#5783cb',
  '#3d6abc',
  '#31589f',
  '#294a86',
  '#203a69',
]

const dark: MantineColorsTuple = [
  '#d8dbe1',
  '#bcc1ca',
  '#9aa1ad',
  '#6d7480',
  '#454b56',
  '#343943',
  '#292d35',
  '#1e2127',
  '#181b20',
  '#121418',
]

/** 14 px text, small radii, short motion; light and dark share the accents. */
export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 6 },
  colors: { ink, dark },
  black: '#1b1f26',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily:
    "-apple-system, 'Segoe UI', Ubuntu, Cantarell, Roboto, 'Noto Sans', 'Liberation Sans', system-ui, sans-serif",
  fontFamilyMonospace:
    "ui-monospace, 'Cascadia Mono', Menlo, Consolas, 'Ubuntu Mono', 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '18px' },
  headings: { fontWeight: '600' },
  components: {
    Button: Button.extend({
      defaultProps: { size: 'compact-md', fz: 14, h: 32, px: 12, fw: 500 },
      vars: (_theme, { variant }) => ({
        root: variant === 'subtle' ? { '--button-color': 'var(--mantine-color-anchor)' } : {},
      }),
    }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 28 } }),
    // The cross has no text of its own, so that a screen reader would only say “button”.
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' } },
    }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { size: 'sm' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'sm' } }),
    Select: Select.extend({
      defaultProps: { size: 'sm', comboboxProps: { transitionProps: { duration: 0 } } },
    }),
    Badge: Badge.extend({ defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 500 } }),
    Alert: Alert.extend({ defaultProps: { variant: 'light' } }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm' } }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 400,
        multiline: true,
        maw: 320,
        events: { hover: true, focus: true, touch: false },
      },
    }),
    Popover: Popover.extend({ defaultProps: { transitionProps: { duration: 120 }, shadow: 'md' } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, transitionProps: { duration: 120, transition: 'fade' }, padding: 'lg' },
      styles: { title: { fontSize: 16, fontWeight: 600 }, header: { paddingBottom: 8 } },
    }),
  },
})

/** The desk's own colours beside the kit's, and dimmed text that keeps AA contrast. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#59616d',
    '--mantine-color-placeholder': '#6a727e',
    '--desk-chrome': '#f4f5f7',
    '--desk-line': '#e1e4e9',
    '--desk-line-strong': '#cdd2da',
    '--desk-raised': '#ffffff',
    '--desk-hover': '#f0f2f6',
    '--desk-selected': '#e5edf9',
    '--desk-chip': '#eceef2',
    '--desk-local': '#1f5fbf',
    '--desk-oidc': '#7a3fc0',
    '--desk-ldap': '#0b7268',
    '--desk-good': '#1d7a3e',
    '--desk-warn': '#8f5a00',
    '--desk-bad': '#bd2626',
    '--desk-good-soft': '#e3f3e8',
    '--desk-warn-soft': '#fbf0d9',
    '--desk-bad-soft': '#fbe7e7',
    '--desk-oidc-soft': '#f1e9fb',
  },
  dark: {
    '--mantine-color-dimmed': '#9da4b0',
    '--mantine-color-placeholder': '#8b929e',
    '--desk-chrome': '#181b20',
    '--desk-line': '#2f343d',
    '--desk-line-strong': '#444a55',
    '--desk-raised': '#23262d',
    '--desk-hover': '#262a32',
    '--desk-selected': '#27344b',
    '--desk-chip': '#30353e',
    '--desk-local': '#82b1f7',
    '--desk-oidc': '#c49df5',
    '--desk-ldap': '#5fc9bb',
    '--desk-good': '#6cc98c',
    '--desk-warn': '#e6b65c',
    '--desk-bad': '#f58d8d',
    '--desk-good-soft': '#1d3527',
    '--desk-warn-soft': '#3a2f19',
    '--desk-bad-soft': '#432425',
    '--desk-oidc-soft': '#33274a',
  },
})
