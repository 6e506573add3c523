import { cardLook } from './card-look.ts';

/** The colours of one scheme; every pair that meets has a contrast of 4.5 or more. The same stand in chat.css. */
export interface Palette {
  paper: string;
  bubble: string;
  /** Behind what is quoted. */
  quote: string;
  text: string;
  quiet: string;
  line: string;
  /** Around what can be pressed or written in: 3 to 1 against the paper. */
  edge: string;
  link: string;
  good: string;
  warning: string;
  attention: string;
}

const light: Palette = {
  paper: '#ffffff',
  bubble: '#f2f4f6',
  quote: '#e3eaf0',
  text: '#1b1f24',
  quiet: '#535b66',
  line: '#d5dae0',
  edge: '#77808b',
  link: '#0a4f8a',
  good: '#126031',
  warning: '#7a4a00',
  attention: '#a3141f',
};

const dark: Palette = {
  paper: '#15181c',
  bubble: '#23282e',
  quote: '#313941',
  text: '#eff1f4',
  quiet: '#b4bcc6',
  line: '#3a424b',
  edge: '#88929e',
  link: '#93cbff',
  good: '#86dca3',
  warning: '#f2c46d',
  attention: '#ffa6a3',
};

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/** How Web Chat and the Adaptive Cards in it look, in a scheme; `color` is the site's own, `ink` what stands on it. */
export function lookOf(isDark: boolean, color: string, ink: string) {
  const palette = isDark ? dark : light;
  return {
    adaptiveCardsHostConfig: cardLook(palette, FONT),
    styleOptions: {
      accent: palette.link,
      backgroundColor: palette.paper,
      subtle: palette.quiet,
      primaryFont: FONT,
      monospaceFont: 'ui-monospace, monospace',
      fontSizeSmall: '82%',
      paddingRegular: 12,
      paddingWide: 16,

      bubbleBackground: palette.bubble,
      bubbleBorderColor: palette.bubble,
      bubbleBorderRadius: 12,
      bubbleTextColor: palette.text,
      bubbleFromUserBackground: color,
      bubbleFromUserBorderColor: color,
      bubbleFromUserBorderRadius: 12,
      bubbleFromUserTextColor: ink,
      bubbleMaxWidth: 640,
      bubbleMinWidth: 0,
      botAvatarInitials: undefined,
      userAvatarInitials: undefined,
      // What our bot says comes from dialogs/ and knowledge/ as Markdown: HTML in it is none of ours.
      markdownRenderHTML: false,
      markdownExternalLinkIconImage: outward(palette.link),

      // A long answer is shown from its beginning, not from its end.
      autoScrollSnapOnPage: true,

      hideUploadButton: true,
      sendBoxBackground: palette.paper,
      sendBoxTextColor: palette.text,
      sendBoxPlaceholderColor: palette.quiet,
      sendBoxBorderTop: `1px solid ${palette.line}`,
      sendBoxHeight: 52,
      sendBoxMaxHeight: 160,
      sendBoxTextWrap: true,
      sendBoxButtonColor: palette.link,
      sendBoxButtonColorOnHover: palette.link,
      sendBoxButtonColorOnFocus: palette.link,
      sendBoxButtonColorOnActive: palette.link,
      sendBoxButtonColorOnDisabled: palette.quiet,
      sendBoxButtonShadeColorOnHover: palette.bubble,
      sendBoxButtonShadeColorOnActive: palette.quote,
      sendBoxButtonShadeColorOnDisabled: palette.paper,
      sendBoxButtonShadeBorderRadius: 8,
      sendBoxButtonAlignment: 'bottom',
      sendBoxButtonKeyboardFocusIndicatorBorderColor: palette.text,
      sendBoxButtonKeyboardFocusIndicatorBorderWidth: 2,
      sendBoxButtonKeyboardFocusIndicatorBorderRadius: 6,

      suggestedActionLayout: 'flow',
      suggestedActionsFlowMaxHeight: 190,
      suggestedActionBackgroundColor: palette.paper,
      suggestedActionBackgroundColorOnHover: palette.bubble,
      suggestedActionBackgroundColorOnActive: palette.quote,
      suggestedActionBackgroundColorOnFocus: palette.bubble,
      suggestedActionBackgroundColorOnDisabled: palette.paper,
      suggestedActionTextColor: palette.link,
      suggestedActionTextColorOnDisabled: palette.quiet,
      suggestedActionBorderColor: palette.edge,
      suggestedActionBorderColorOnDisabled: palette.line,
      suggestedActionBorderRadius: 20,
      suggestedActionBorderWidth: 1,
      suggestedActionKeyboardFocusIndicatorBorderColor: palette.text,
      suggestedActionKeyboardFocusIndicatorBorderStyle: 'solid',
      suggestedActionKeyboardFocusIndicatorBorderWidth: 2,
      suggestedActionKeyboardFocusIndicatorBorderRadius: 18,
      suggestedActionsVisualKeyboardIndicatorColor: palette.text,

      groupTimestamp: 5 * 60 * 1000,
      timestampColor: palette.quiet,
      transcriptVisualKeyboardIndicatorColor: palette.text,
      transcriptActivityVisualKeyboardIndicatorColor: palette.edge,
      transcriptOverlayButtonBackground: palette.text,
      transcriptOverlayButtonBackgroundOnHover: palette.text,
      transcriptOverlayButtonBackgroundOnFocus: palette.text,
      transcriptOverlayButtonColor: palette.paper,
      transcriptTerminatorBackgroundColor: palette.text,
      transcriptTerminatorColor: palette.paper,
      // The line of our own above says how the connection is.
      hideToaster: true,
    },
  };
}

/** The drawing behind a link that opens a new tab; Web Chat's own is dark in both schemes. */
function outward(color: string): string {
  const drawing =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="3 3 18 18" fill="none" stroke="${color}" stroke-width="2">` +
    '<path d="M14 5h5v5M19 5l-8 8M11 6H6a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-5"/></svg>';
  return `url("data:image/svg+xml,${encodeURIComponent(drawing)}")`;
}
