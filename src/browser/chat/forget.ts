/** Asks once, in a dialog of the browser's own, and tells which way it went. */
export function askToForget(dialog: HTMLDialogElement): Promise<boolean> {
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'forget'), { once: true }),
  );
}
