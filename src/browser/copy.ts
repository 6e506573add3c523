// A button that copies the code beside it. Without scripts, or where the browser has no clipboard, it stays hidden.
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copies]')) {
  const source = document.getElementById(button.dataset.copies ?? '');
  if (!source || !navigator.clipboard) continue;
  const status = document.getElementById(button.dataset.status ?? '');
  button.hidden = false;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(source.textContent ?? '');
      if (status) status.textContent = button.dataset.done ?? '';
    } catch {
      // Not allowed: the code is selected instead, ready to be copied by hand.
      getSelection()?.selectAllChildren(source);
    }
  });
}
