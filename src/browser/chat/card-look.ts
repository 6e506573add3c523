import type { Palette } from './look.ts';

/** The host config for Adaptive Cards (schema 1.6, adaptivecards.io/explorer): the palette's colours, and its quotes. */
export function cardLook(palette: Palette, fontFamily: string): object {
  const both = (color: string, quiet = color) => ({ default: color, subtle: quiet });
  const foregroundColors = {
    default: both(palette.text, palette.quiet),
    dark: both(palette.text, palette.quiet),
    light: both(palette.quiet),
    accent: both(palette.link),
    good: both(palette.good),
    warning: both(palette.warning),
    attention: both(palette.attention),
  };
  const container = (backgroundColor: string) => ({ backgroundColor, foregroundColors });
  return {
    fontFamily,
    fontSizes: { small: 13, default: 15, medium: 16, large: 18, extraLarge: 21 },
    fontWeights: { lighter: 400, default: 400, bolder: 600 },
    lineHeights: { small: 18, default: 22, medium: 23, large: 25, extraLarge: 28 },
    spacing: { small: 6, default: 10, medium: 14, large: 20, extraLarge: 28, padding: 14 },
    separator: { lineThickness: 1, lineColor: palette.line },
    supportsInteractivity: true,
    containerStyles: {
      default: container(palette.bubble),
      emphasis: container(palette.quote),
      accent: container(palette.quote),
      good: container(palette.bubble),
      warning: container(palette.bubble),
      attention: container(palette.bubble),
    },
    actions: {
      maxActions: 8,
      spacing: 'default',
      buttonSpacing: 8,
      showCard: { actionMode: 'inline', inlineTopMargin: 12 },
      actionsOrientation: 'vertical',
      actionAlignment: 'stretch',
      allowTitleToWrap: true,
    },
    inputs: {
      label: {
        inputSpacing: 'small',
        requiredInputs: {
          weight: 'bolder',
          size: 'default',
          color: 'default',
          suffix: ' *',
          suffixColor: 'attention',
        },
        optionalInputs: { weight: 'bolder', size: 'default', color: 'default' },
      },
      errorMessage: { spacing: 'small', weight: 'default', size: 'small', color: 'attention' },
    },
    factSet: {
      title: {
        color: 'default',
        size: 'default',
        isSubtle: true,
        weight: 'default',
        wrap: true,
        maxWidth: 140,
      },
      value: { color: 'default', size: 'default', isSubtle: false, weight: 'bolder', wrap: true },
      spacing: 12,
    },
    textStyles: { heading: { size: 'medium', weight: 'bolder', color: 'default', isSubtle: false } },
    textBlock: { headingLevel: 3 },
  };
}
