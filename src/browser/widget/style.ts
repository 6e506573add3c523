/**
 * The look of the button and the panel. `!important` on :host, because only there the page around it would win
 * otherwise; what is inside the shadow root no page reaches.
 */
export const widgetStyle = `
:host { all: initial !important; }
* { box-sizing: border-box; }
button, dialog { font: 400 16px/1.4 system-ui, sans-serif; letter-spacing: normal; text-transform: none; }
.launcher {
  position: fixed; z-index: 2147483646; right: calc(16px + env(safe-area-inset-right, 0px));
  bottom: calc(16px + env(safe-area-inset-bottom, 0px)); width: 60px; height: 60px; padding: 13px;
  border: 2px solid var(--ink); border-radius: 50%; background: var(--color); color: var(--ink); cursor: pointer;
  box-shadow: 0 2px 6px rgb(0 0 0 / .25), 0 8px 24px rgb(0 0 0 / .2); touch-action: manipulation;
}
.launcher:hover { box-shadow: 0 3px 8px rgb(0 0 0 / .35), 0 10px 28px rgb(0 0 0 / .3); }
.launcher svg { display: block; width: 100%; height: 100%; fill: none; stroke: currentcolor; stroke-width: 2;
  stroke-linecap: round; stroke-linejoin: round; }
.launcher .cross, .launcher[aria-expanded=true] .bubble { display: none; }
.launcher[aria-expanded=true] .cross { display: inline; }
:focus-visible { outline: 3px solid #000; outline-offset: 0; box-shadow: 0 0 0 6px #fff; }
dialog {
  display: flex; flex-direction: column; position: fixed; z-index: 2147483647; inset: auto;
  right: calc(16px + env(safe-area-inset-right, 0px)); bottom: calc(88px + env(safe-area-inset-bottom, 0px));
  width: 400px; max-width: calc(100vw - 32px); height: 660px; max-height: calc(100dvh - 104px); margin: 0;
  padding: 0; border: 1px solid rgb(128 128 128 / .5); border-radius: 14px; overflow: hidden; overscroll-behavior: contain;
  background: Canvas; color: CanvasText; color-scheme: light dark; box-shadow: 0 12px 48px rgb(0 0 0 / .3);
}
dialog:not([open]) { visibility: hidden; pointer-events: none; }
dialog::backdrop { background: none; }
.left .launcher, .left dialog { right: auto; left: calc(16px + env(safe-area-inset-left, 0px)); }
iframe { flex: 1; width: 100%; border: 0; background: Canvas; }
.wait { position: absolute; inset: 0; display: flex; flex-direction: column; gap: 16px; align-items: center;
  justify-content: center; padding: 24px; text-align: center; background: Canvas; }
.wait[hidden] { display: none; }
.wait p { margin: 0; }
.wait a { color: LinkText; padding: 12px; }
.wait button { min-height: 48px; padding: 0 24px; border: 1px solid currentcolor; border-radius: 24px;
  background: Canvas; color: CanvasText; cursor: pointer; }
@media (max-width: 480px), (max-height: 480px) {
  dialog { inset: 0 auto auto 0 !important; width: 100vw; max-width: none; height: 100dvh; max-height: none;
    border: 0; border-radius: 0; }
}
@media (prefers-reduced-motion: no-preference) {
  dialog[open] { animation: rise .18s ease-out; }
  @keyframes rise { from { opacity: 0; transform: translateY(12px); } }
}
@media print { .launcher, dialog { display: none; } }
`;
