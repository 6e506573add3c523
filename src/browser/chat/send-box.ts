/** Puts the cursor into the send box as soon as there is one, unless the person has put it somewhere else already. */
export function focusSendBox(main: HTMLElement): void {
  const focus = () => {
    const box = main.querySelector<HTMLElement>('[data-id="webchat-sendbox-input"]');
    const isFree = document.activeElement === document.body || document.activeElement === null;
    if (isFree) box?.focus();
    return box !== null;
  };
  if (focus()) return;
  const watch = new MutationObserver(() => {
    if (focus()) watch.disconnect();
  });
  watch.observe(main, { childList: true, subtree: true });
}
